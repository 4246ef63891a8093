using System.Text.Json.Nodes;

namespace Classroom.Centre.Tests;

/// <summary>The program <c>centre</c> as somebody at a terminal, or a script, runs it.</summary>
public sealed class CentreCliTests
{
    [Fact]
    public async Task It_shows_the_wall_reports_and_exports_and_goes_on_with_a_file_that_was_cut_off()
    {
        using var folder = new TempFolder();
        await using var host = await FeedHost.StartAsync();
        var token = await host.TokenAsync();
        await using var lesson = await LessonHost.OpenAsync(host.Silo, atCentre: true);
        var id = lesson.ClassroomId.ToString();
        var (student, _, _) = await lesson.JoinAsync("Айгерім");
        await lesson.Teacher.DoAsync("StartLesson", new { });
        await student.DoAsync("RaiseHand", new { topic = "жарық" });
        // The feed shows it once the classroom has reported it: the wall of the next line is then whole.
        using (var wall = host.Feed.WatchSessions(new(), FeedHost.With(token)))
        {
            await FeedHost.UntilAsync(wall, r => r.Tile is { Hands.Count: 1 });
        }

        var (code, output, error) = await host.CentreAsync(token, "watch", "--once", "--language", "ru");
        (code, error).ShouldBe((0, ""));
        output.ShouldContain("ждут: 1");
        output.ShouldContain("Айгерім");
        (code, output, _) = await host.CentreAsync(token, "watch", "--once", "--json", "--needs");
        JsonNode.Parse(output.Trim())!["tile"]!["classroomId"]!.GetValue<string>().ShouldBe(id);
        (await host.CentreAsync(token, "watch", "--once", "--json", "--find", "nobody")).Output.ShouldBeEmpty();

        (code, _, error) = await host.CentreAsync(token, "report", id);
        (code, error.Trim()).ShouldBe((1, "The session has not ended."));
        await lesson.Teacher.DoAsync("EndLesson", new { });
        (code, output, _) = await host.CentreAsync(token, "report", id, "--language", "en");
        code.ShouldBe(0);
        output.ShouldContain("7Б · 1 student");
        JsonNode.Parse((await host.CentreAsync(token, "report", id, "--json")).Output)!["entities"].ShouldNotBeNull();

        var file = Path.Combine(folder.Path, "facts.jsonl");
        (await host.CentreAsync(token, "export", "--out", file)).Code.ShouldBe(0);
        var whole = await File.ReadAllTextAsync(file);
        whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!["name"]!.GetValue<string>()).Last().ShouldBe("lesson-ended.1");
        (await host.CentreAsync(token, "export")).Output.ShouldBe(whole);
        await File.WriteAllTextAsync(file, whole[..(whole.Length / 2)]);
        (await host.CentreAsync(token, "export", "--out", file, "--session", id)).Code.ShouldBe(0);
        (await File.ReadAllTextAsync(file)).ShouldBe(whole);
        await File.WriteAllTextAsync(file, "a letter to mother\n");
        (code, _, error) = await host.CentreAsync(token, "export", "--out", file);
        (code, error.Trim()).ShouldBe((2, $"--out: {file} holds something else than facts."));
        (await File.ReadAllTextAsync(file)).ShouldBe("a letter to mother\n");
    }

    [Fact]
    public async Task It_says_in_one_sentence_what_is_wrong_and_a_script_is_told_by_the_exit_code()
    {
        using var folder = new TempFolder();
        await using var host = await FeedHost.StartAsync();
        var token = await host.TokenAsync("kits");
        (await SaidAsync(null, "watch", "--once")).ShouldBe((2, "The service token is missing: set CENTRE_TOKEN, or name a file with --token-file."));
        (await SaidAsync("ortaq_guessed", "watch", "--once")).ShouldBe((1, "The service token is unknown or revoked."));
        (await SaidAsync(token, "watch", "--once")).ShouldBe((1, "The service token lacks the scope \"watch\"."));
        (await SaidAsync(token, "watch", "--once", "--server", "box")).ShouldBe((2, "--server (or CENTRE_SERVER) is not an address such as http://127.0.0.1:5090."));
        (await SaidAsync(token, "watch", "--once", "--server", "http://127.0.0.1:1")).ShouldBe((3, "The server cannot be reached or cannot answer now; try again."));

        // What the program does not know is wrong words, as a wrong address is.
        foreach (string[] words in new string[][] { ["watch", "--fnid", "x"], ["nothing"], ["report"], ["watch", "--language", "de"], ["watch", "--deadline", "soon"] })
        {
            (await SaidAsync(token, words)).Item1.ShouldBe(2, string.Join(' ', words));
        }

        var kit = Path.Combine(folder.Path, "mine.txt");
        await File.WriteAllTextAsync(kit, "id: mine\nversion: 1.0\n");
        var (code, said) = await SaidAsync(token, "kits", "import", kit);
        code.ShouldBe(1);
        said.ShouldContain("mine.txt(1,1): missing-field: title: ");
        await File.WriteAllTextAsync(kit, KitText.Of("fractions").Replace("id: fractions", "id: mine", StringComparison.Ordinal));
        (code, var output, _) = await host.CentreAsync(token, "kits", "import", kit);
        code.ShouldBe(0);
        output.ShouldContain("mine.txt: mine ");

        async Task<(int, string)> SaidAsync(string? with, params string[] words)
        {
            var (exit, _, error) = await host.CentreAsync(with, words);
            error.ShouldNotContain("   at ");
            return (exit, error.Trim());
        }
    }
}
