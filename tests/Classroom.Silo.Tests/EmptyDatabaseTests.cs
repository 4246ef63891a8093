namespace Classroom.Silo.Tests;

/// <summary>An empty database beside keys that were used: a folder's name was mistyped or its disk is not mounted, and nobody is to find a new, empty school.</summary>
public sealed class EmptyDatabaseTests
{
    [Fact]
    public async Task An_empty_data_folder_beside_used_keys_is_held_and_goes_on_when_the_right_one_is_named_or_the_empty_one_accepted()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var host = await LessonHost.OpenAsync(silo);
        await host.JoinAsync("Нұрсәулеш");
        await silo.StopAsync();
        using var empty = new TempFolder();
        silo.Settings["Data__Folder"] = empty.Path;
        await HeldAsync(silo, $"Data:Folder: there is no database, or nothing in it, in {empty.Path} where the key store has 1 keys of what was written");
        File.Exists(silo.SqliteFile).ShouldBeFalse("none is made");
        await silo.KillAsync();
        (await silo.RunAsync("student", "lost", "--forget", "yes")).Code.ShouldBe(2);
        await File.WriteAllBytesAsync(silo.SqliteFile, []);
        await HeldAsync(silo, "run `Classroom.Silo accept-database` first");
        await silo.KillAsync();

        silo.Settings.Remove("Data__Folder");
        await silo.StartAgainAsync();
        silo.IsHeld.ShouldBeFalse(silo.Output);
        await silo.StopAsync();

        silo.Settings["Data__Folder"] = empty.Path;
        var (code, printed) = await silo.RunAsync("accept-database");
        code.ShouldBe(0, printed);
        await silo.StartAgainAsync();
        silo.IsHeld.ShouldBeFalse(silo.Output);
        (await silo.OfKeysAsync("select count(*) from child_keys where wrapped is not null")).ShouldBe(1L, "they are kept");
        await using var lesson = await LessonHost.OpenAsync(silo);
        await lesson.JoinAsync("Арман");
        await silo.StopAsync();
        (await silo.RunAsync("verify")).Code.ShouldBe(0);
        (await silo.RunAsync("accept-database")).Printed.ShouldContain("there is nothing to accept");
    }

    [Fact]
    public async Task A_held_server_ends_when_the_right_database_is_there()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var host = await LessonHost.OpenAsync(silo);
        await host.JoinAsync("Нұрсәулеш");
        await silo.StopAsync();
        using var empty = new TempFolder();
        var right = silo.SqliteFile;
        silo.Settings["Data__Folder"] = empty.Path;
        await HeldAsync(silo, "there is no database");
        (await silo.RunAsync("copy-database", right, silo.SqliteFile)).Code.ShouldBe(0);
        await silo.EndedAsync();
        silo.ExitCode.ShouldBe(1);
        await silo.StartAgainAsync();
        silo.IsHeld.ShouldBeFalse(silo.Output);
    }

    [Fact]
    public async Task An_empty_Postgres_beside_used_keys_is_held_too()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var host = await LessonHost.OpenAsync(silo);
        await host.JoinAsync("Нұрсәулеш");
        await silo.StopAsync();
        await using var empty = await TestPostgres.CreateAsync();
        using var data = new TempFolder();
        await using var other = await SiloProcess.StartAsync(empty.ConnectionString, ("Data__Folder", data.Path), ("Keys__Folder", silo.KeysFolder));
        other.IsHeld.ShouldBeTrue(other.Output);
        await other.SaysAsync("ConnectionStrings:Postgres: there is no database, or nothing in it, where the key store has 1 keys");
    }

    [Fact]
    public async Task A_held_server_that_cannot_serve_ends_with_a_sentence_more_and_no_stack()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var host = await LessonHost.OpenAsync(silo);
        await host.JoinAsync("Нұрсәулеш");
        await silo.StopAsync();
        using var empty = new TempFolder();
        await File.WriteAllTextAsync(Path.Combine(empty.Path, "tls"), "");
        var (code, output, error) = await SiloProcess.RefusedAsync(("Data__Folder", empty.Path), ("Keys__Folder", silo.KeysFolder), ("Ortaq__Certificate", "ortaq.lan"));
        code.ShouldBe(1, error);
        error.Trim().Split('\n').ShouldSatisfyAllConditions(
            lines => lines.Length.ShouldBe(2, error), lines => lines[0].ShouldStartWith("Data:Folder: there is no database"), lines => lines[1].ShouldStartWith("Ortaq:Certificate: "));
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Keys_that_nobody_used_yet_hold_nothing_up()
    {
        await using var silo = await SiloProcess.StartAsync();
        await silo.StopAsync();
        using var empty = new TempFolder();
        silo.Settings["Data__Folder"] = empty.Path;
        await silo.StartAgainAsync();
        silo.IsHeld.ShouldBeFalse(silo.Output);
    }

    private static async Task HeldAsync(SiloProcess silo, string sentence)
    {
        await silo.StartAgainAsync();
        silo.IsHeld.ShouldBeTrue(silo.Output);
        await silo.SaysAsync(sentence);
    }
}
