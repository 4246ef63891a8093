using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Classroom.Faults.Tests;

/// <summary>
/// Invariant: what beside lessons is to be stored on a disk that is full, an account, a key of a child, a start, is refused with a code or a sentence that names
/// the setting, leaves nothing half done, and is done when there is room.
/// </summary>
[Collection(Alone.Name)]
public sealed class FullDisk
{
    [Fact]
    public async Task An_account_that_cannot_be_stored_is_refused_and_made_when_there_is_room()
    {
        using var folder = new TempFolder();
        await using var disk = await FailingDisk.UnderAsync(folder.Path);
        await using var silo = await StartAsync(disk, ("Data__Folder", folder.Path), ("Accounts__Admin", "boss:jolbarys-jaz-9"));
        using var admin = await silo.AdminAsync();
        disk.Fill();
        using (var refused = await MakeAsync(admin))
        {
            (await refused.Content.ReadAsStringAsync()).ShouldContain("\"try-again\"");
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        disk.Recover();
        (await admin.GetStringAsync(new Uri("/api/accounts", UriKind.Relative))).ShouldNotContain("dana");
        using (var made = await MakeAsync(admin))
        {
            made.StatusCode.ShouldBe(HttpStatusCode.OK, await made.Content.ReadAsStringAsync());
        }

        (await admin.GetStringAsync(new Uri("/api/accounts", UriKind.Relative))).ShouldContain("dana");
        silo.Output.ShouldNotContain("failed by a fault of the program");

        static Task<HttpResponseMessage> MakeAsync(HttpClient admin) => admin.PostAsJsonAsync("/api/accounts", new { login = "dana", name = "Дана", role = "teacher" });
    }

    [Fact]
    public async Task A_newcomer_whose_key_cannot_be_stored_waits_while_the_others_go_on_and_comes_in_when_there_is_room()
    {
        using var folder = new TempFolder();
        var keys = Path.Combine(folder.Path, "keys");
        await using var disk = await FailingDisk.UnderAsync(keys);
        await using var silo = await StartAsync(disk, ("Keys__Folder", keys));
        await using var room = await ClassUnderFault.OpenAsync(silo, 2);
        disk.Fill();
        using var phone = await silo.BrowserAsync();
        using (var refused = await phone.PostAsJsonAsync("/api/join", new { code = room.Host.Code, nickname = "Кейінгі", language = "kk", level = "simple", themed = false }))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await refused.Content.ReadFromJsonAsync<JsonNode>())!["code"]!.GetValue<string>().ShouldBe("not-saved");
        }

        await room.Host.Teacher.UntilAsync(t => !t.Saves, "the teacher is told");
        await room.ActAsync(3);
        room.Host.Teacher.Saves.ShouldBeFalse("somebody else was stored: the newcomer waits still");
        disk.Recover();
        await room.Host.JoinAsync("Кейінгі");
        await room.Host.Teacher.UntilAsync(t => t.Saves, "the teacher is told that it is over");
        await silo.StopAsync();
        (await silo.RunAsync("student", "lost")).ShouldBe((0, "No key is missing.\n"));
    }

    [Fact]
    public async Task A_start_says_which_setting_has_no_room_and_the_next_one_goes_on()
    {
        using var folder = new TempFolder();
        await using var disk = await FailingDisk.UnderAsync(folder.Path);
        await using var silo = await StartAsync(disk, ("Data__Folder", folder.Path));
        await using (await LessonHost.OpenAsync(silo))
        {
        }

        await silo.StopAsync();
        var before = silo.Output.Length;
        disk.Fill();
        var refused = (await Should.ThrowAsync<InvalidOperationException>(silo.StartAgainAsync)).Message;
        var said = silo.Output[before..];
        said.Split('\n').ShouldContain(l => l.StartsWith("Data:Folder: ", StringComparison.Ordinal) && l.Contains("is there room on its disk?", StringComparison.Ordinal), refused);
        said.ShouldNotContain("   at ", Case.Sensitive, "a sentence and no stack");
        disk.Recover();
        await silo.StartAgainAsync();
        silo.IsHeld.ShouldBeFalse(silo.Output);
        await using var lesson = await LessonHost.OpenAsync(silo);
    }

    private static Task<SiloProcess> StartAsync(FailingDisk disk, params (string Name, string? Value)[] settings) =>
        SiloProcess.StartAsync(null, [.. settings, .. disk.Environment.Select(v => (v.Key, (string?)v.Value))]);
}
