namespace Classroom.Silo.Tests;

/// <summary>Keys that are lost for good: it is said whose, nobody is taken for forgotten by itself, and the operator can go on with the rest.</summary>
public sealed class LostKeysTests
{
    [Fact]
    public async Task A_lesson_whose_key_is_lost_opens_without_that_child_once_it_is_given_up()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var host = await LessonHost.OpenAsync(silo);
        var (_, _, id) = await host.JoinAsync("Нұрсәулеш");
        await host.JoinAsync("Арман");
        (await silo.RunAsync("student", "lost")).ShouldBe((0, "No key is missing.\n"));
        await silo.StopAsync();
        await silo.OfKeysAsync($"delete from child_keys where child = '{id}'");

        var (code, printed) = await silo.RunAsync("student", "lost");
        code.ShouldBe(1, printed);
        printed.ShouldStartWith($"{host.ClassroomId}\t{id}\nThe keys of 1 students are missing.");
        (await silo.RunAsync("student", "list", host.ClassroomId.ToString())).ShouldSatisfyAllConditions(l => l.Code.ShouldBe(2), l => l.Printed.ShouldContain("lacks a key of lesson"));
        (await silo.RunAsync("student", "lost", "--forget", "no")).Code.ShouldBe(2);
        (await silo.RunAsync("student", "lost", "--forget", "yes")).Code.ShouldBe(0);
        (await silo.RunAsync("student", "lost")).Code.ShouldBe(0, "no more");

        var record = await RecordAsync(silo, host.ClassroomId);
        record.ShouldSatisfyAllConditions(r => r.ShouldContain("Арман"), r => r.ShouldNotContain("Нұрсәулеш"));
        (await silo.RunAsync("student", "access")).Printed.ShouldContain($"student-forgotten.1\t{host.ClassroomId}\t{id}");
    }

    [Fact]
    public async Task Who_lost_all_keys_goes_on_without_what_children_wrote()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var host = await LessonHost.OpenAsync(silo);
        await host.JoinAsync("Нұрсәулеш");
        await silo.StopAsync();
        Directory.Delete(silo.KeysFolder, recursive: true);
        (await Should.ThrowAsync<InvalidOperationException>(silo.StartAgainAsync)).Message.ShouldContain("the database was written with another key store");
        (await silo.RunAsync("student", "list", host.ClassroomId.ToString())).Code.ShouldBe(2, "a command is refused as the server is");
        Directory.Exists(silo.KeysFolder).ShouldBeFalse("new ones could be copied over the good ones");

        (await silo.RunAsync("student", "lost", "--forget", "yes")).Code.ShouldBe(0);

        (await RecordAsync(silo, host.ClassroomId)).ShouldSatisfyAllConditions(r => r.ShouldContain("photosynthesis"), r => r.ShouldNotContain("Нұрсәулеш"));
        await silo.StopAsync();
        (await silo.RunAsync("verify")).Printed.ShouldContain("whole:");
    }

    [Fact]
    public async Task The_keys_of_another_box_are_refused_though_they_are_whole()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var other = await SiloProcess.StartAsync();
        await silo.StopAsync();
        await other.StopAsync();
        foreach (var file in Directory.GetFiles(other.KeysFolder))
        {
            File.Copy(file, Path.Combine(silo.KeysFolder, Path.GetFileName(file)), overwrite: true);
        }

        (await Should.ThrowAsync<InvalidOperationException>(silo.StartAgainAsync)).Message.ShouldContain("the database was written with another key store");
    }

    private static async Task<string> RecordAsync(SiloProcess silo, Guid lesson)
    {
        await silo.StartAgainAsync();
        using var teacher = await silo.BrowserAsync(silo.TeachLink);
        return await teacher.GetStringAsync(new Uri($"/api/classrooms/{lesson}/export", UriKind.Relative));
    }
}
