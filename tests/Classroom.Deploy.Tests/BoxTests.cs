using System.Text.RegularExpressions;

namespace Classroom.Deploy.Tests;

/// <summary>What <c>deploy/school/README.md</c> promises to the school.</summary>
public sealed partial class BoxTests(Published published) : IClassFixture<Published>, IDisposable
{
    private readonly string _work = Directory.CreateTempSubdirectory("ortaq-data").FullName;

    [Fact]
    public async Task The_published_folder_serves_every_screen_and_a_lesson_by_itself()
    {
        await using var box = await Box.StartAsync(published.Folder, Path.Combine(_work, "data"));
        (await box.Http.GetStringAsync(new Uri("/health/live", UriKind.Relative))).ShouldBe("Healthy");
        (await box.Http.GetStringAsync(new Uri("/health/ready", UriKind.Relative))).ShouldBe("Healthy");
        foreach (var screen in new[] { "/", "/j/ABC234", "/teach", "/board", "/mentor", "/operator", "/accounts", "/helper" })
        {
            var page = await box.Http.GetStringAsync(new Uri(screen, UriKind.Relative));
            var assets = Asset().Matches(page).Select(m => m.Groups[1].Value).ToList();
            assets.ShouldContain(a => a.EndsWith(".js", StringComparison.Ordinal), screen);
            assets.ShouldContain(a => a.EndsWith(".css", StringComparison.Ordinal), screen);
            foreach (var asset in assets)
            {
                asset.ShouldStartWith("/", Case.Sensitive, "nothing comes from outside");
                using var answer = await box.Http.GetAsync(new Uri(asset, UriKind.Relative));
                answer.EnsureSuccessStatusCode();
                foreach (var coding in new[] { "br", "gzip" })
                {
                    using var request = new HttpRequestMessage(HttpMethod.Head, asset);
                    request.Headers.AcceptEncoding.ParseAdd(coding);
                    using var packed = await box.Http.SendAsync(request);
                    packed.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(coding, asset);
                }
            }
        }

        await box.SignInAsync();
        var classroom = await box.OpenClassroomAsync();
        await using var teacher = await box.TeachAsync(classroom);
        await using var student = await box.JoinAsync(classroom, CodeOf(teacher), "Айгерім");
        await teacher.DoAsync("StartLesson", new { });
        await student.UntilAsync(s => s.Get("pace")?["phase"]?.GetValue<string>() == "live", "the lesson begins on the phone");
    }

    [Fact]
    public async Task A_backup_made_while_facts_are_written_is_restored_with_everything_acknowledged_before_it()
    {
        var (data, stick) = (Path.Combine(_work, "data"), Path.Combine(_work, "a stick"));
        Guid classroom;
        string copy;
        long before;
        await using (var box = await Box.StartAsync(published.Folder, data))
        {
            await box.SignInAsync();
            classroom = await box.OpenClassroomAsync();
            await using var teacher = await box.TeachAsync(classroom);
            var code = CodeOf(teacher);
            await teacher.DoAsync("StartLesson", new { });
            await using var aigerim = await box.JoinAsync(classroom, code, "Айгерім");
            await using var ivan = await box.JoinAsync(classroom, code, "Иван");
            using var enough = new CancellationTokenSource();
            var writing = Task.WhenAll(new[] { aigerim, ivan }.Select(s => WriteAsync(s, enough.Token)));
            before = await teacher.DoAsync("LockLobby", new { });
            copy = (await published.ScriptAsync("backup", stick, Path.Combine(data, "ortaq.db"))).Trim();
            await enough.CancelAsync();
            await writing;
            (await teacher.DoAsync("UnlockLobby", new { })).ShouldBeGreaterThan(before + 1, "facts were written meanwhile");
        }

        Directory.GetFiles(stick).ShouldBe([copy], "one file, and nothing beside it");
        var restored = Path.Combine(_work, "another box");
        await published.ScriptAsync("restore", copy, Path.Combine(restored, "ortaq.db"));
        (await Should.ThrowAsync<InvalidOperationException>(() => Box.StartAsync(published.Folder, restored))).Message.ShouldContain("restore that one, or nothing that children wrote can be read");

        // The keys come from another stick.
        (await published.CopyKeysAsync(stick, data + "-keys")).ShouldSatisfyAllConditions(c => c.Code.ShouldBe(1), c => c.Printed.ShouldContain("holds backups of the database"));
        var safe = Path.Combine(_work, "a safe");
        for (var week = 0; week < 2; week++)
        {
            (await published.CopyKeysAsync(safe, data + "-keys")).ShouldBe((0, safe + "\n"));
        }

        // As systemd makes it; what was refused made none.
        Directory.Exists(restored + "-keys").ShouldBeFalse();
        var keys = Directory.CreateDirectory(restored + "-keys");
        if (!OperatingSystem.IsWindows())
        {
            keys.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        }

        Directory.GetFiles(safe).Select(Path.GetFileName).ShouldBe(["keys.db", "master.key"], ignoreOrder: true);
        foreach (var file in Directory.GetFiles(safe))
        {
            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            File.Copy(file, Path.Combine(restored + "-keys", Path.GetFileName(file)), overwrite: true);
        }

        await using var again = await Box.StartAsync(published.Folder, restored);
        await again.SignInAsync();
        await using var back = await again.TeachAsync(classroom);
        back.Seq.ShouldBeGreaterThanOrEqualTo(before);
        back.Get("pace")!["phase"]!.GetValue<string>().ShouldBe("live");
        back.Get("pace")!["locked"]!.GetValue<bool>().ShouldBeTrue("as it was when the backup was made");
        back.All("seat").Select(s => s.Value["nickname"]!.GetValue<string>()).Order(StringComparer.Ordinal).ShouldBe(["Айгерім", "Иван"]);
        await back.DoAsync("EndLesson", new { });
    }

    [Fact]
    public async Task A_restore_keeps_the_database_of_before()
    {
        var (data, stick) = (Path.Combine(_work, "data"), Path.Combine(_work, "stick"));
        var database = Path.Combine(data, "ortaq.db");
        Guid lost;
        await using (var box = await Box.StartAsync(published.Folder, data))
        {
            await box.SignInAsync();
            await published.ScriptAsync("backup", stick, database);
            lost = await box.OpenClassroomAsync();
        }

        await published.ScriptAsync("restore", Directory.GetFiles(stick).Single(), database);
        await using (var box = await Box.StartAsync(published.Folder, data))
        {
            await box.SignInAsync();
            (await box.Http.GetStringAsync(new Uri("/api/classrooms", UriKind.Relative))).ShouldNotContain(lost.ToString());
        }

        // The power had gone: what was committed since stands in the log beside the database, and both were kept.
        var aside = Directory.GetFiles(data, "ortaq.db.before-*").Single(f => !f.EndsWith("-wal", StringComparison.Ordinal) && !f.EndsWith("-shm", StringComparison.Ordinal));
        var third = Path.Combine(_work, "third", "ortaq.db");
        await published.ScriptAsync("restore", aside, third);
        await using var kept = await Box.StartAsync(published.Folder, Path.GetDirectoryName(third)!, data + "-keys");
        await kept.SignInAsync();
        (await kept.Http.GetStringAsync(new Uri("/api/classrooms", UriKind.Relative))).ShouldContain(lost.ToString());
    }

    [Fact]
    public async Task The_box_can_prove_its_log_and_a_restored_one()
    {
        var (data, stick) = (Path.Combine(_work, "data"), Path.Combine(_work, "stick"));
        await TeachAsync(data);
        var copy = (await published.ScriptAsync("backup", stick, Path.Combine(data, "ortaq.db"))).Trim();
        var (code, here) = await published.VerifyAsync(data);
        code.ShouldBe(0, here);
        here.ShouldStartWith("whole: ");

        var another = Path.Combine(_work, "another box");
        await published.ScriptAsync("restore", copy, Path.Combine(another, "ortaq.db"));
        (await published.VerifyAsync(another)).ShouldBe((0, here), "the same facts, the same checkpoints, the same digest");

        // The first box goes on; then its old backup is restored over it. Its newer checkpoints step aside, and know better.
        await TeachAsync(data);
        await published.ScriptAsync("restore", copy, Path.Combine(data, "ortaq.db"));
        (await published.VerifyAsync(data)).ShouldBe((0, here));
        var newer = Directory.GetDirectories(data, "ortaq.db.before-*.checkpoints").ShouldHaveSingleItem();
        (code, var explained) = await published.VerifyAsync(data, "--checkpoints", newer);
        code.ShouldBe(1, explained);
        explained.ShouldContain("The log ends before the checkpoint of ");

        async Task TeachAsync(string folder)
        {
            await using var box = await Box.StartAsync(published.Folder, folder);
            await box.SignInAsync();
            await box.OpenClassroomAsync();
            await box.StopAsync();
        }
    }

    public void Dispose() => Directory.Delete(_work, recursive: true);

    private static string CodeOf(WireClient teacher) => teacher.Get("plan")!["joinCode"]!.GetValue<string>();

    private static async Task WriteAsync(WireClient student, CancellationToken enough)
    {
        var face = 0;
        do
        {
            // A screen in such a hurry may be asked to wait; it goes on.
            new[] { null, "too-fast" }.ShouldContain(await student.RefusalAsync("SetTempo", new { face = (face++ % 4) + 1 }));
        }
        while (!enough.IsCancellationRequested);
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Asset();
}
