using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Ortaq.Centre.V1;

namespace Classroom.Centre.Tests;

/// <summary>A kit that comes over the wire: whole or not at all, and never in another's place.</summary>
public sealed class KitTests
{
    private static readonly string Shipped = File.ReadAllText(Path.Combine(Checkout.Folder, "src", "Classroom.Kits", "kits", "fractions.yaml"));
    private static readonly string Mine = Shipped.Replace("id: fractions", "id: my-fractions", StringComparison.Ordinal);

    [Fact]
    public async Task A_good_kit_is_kept_and_offered_after_the_next_start_and_a_newer_one_replaces_it()
    {
        using var folder = new TempFolder();
        await using var host = await FeedHost.StartAsync(false, ("Kits__Folder", folder.Path));
        var token = FeedHost.With(await host.TokenAsync("kits"));
        var reply = await host.Feed.ImportKitAsync(Request("any-name.yaml", Mine), token);
        (reply.KitId, reply.Replaced, reply.Lessons > 0).ShouldBe(("my-fractions", false, true));
        reply = await host.Feed.ImportKitAsync(Request("any-name.yaml", Mine + "# newer\n"), token);
        reply.Replaced.ShouldBeTrue();
        Directory.GetFiles(folder.Path).Select(Path.GetFileName).ShouldBe(["my-fractions.yaml"]);
        (await File.ReadAllTextAsync(Path.Combine(folder.Path, "my-fractions.yaml"))).ShouldEndWith("# newer\n");

        (await FeedHost.StatusOf(() => host.Feed.ImportKitAsync(Request("fractions.yaml", Shipped), token).ResponseAsync)).StatusCode.ShouldBe(StatusCode.AlreadyExists);
        await host.Silo.StopAsync();
        await host.Silo.StartAgainAsync();
        using var teacher = await host.Silo.BrowserAsync(host.Silo.TeachLink);
        (await teacher.GetFromJsonAsync<JsonArray>("/api/kits"))!.Select(k => k!["id"]!.GetValue<string>()).ShouldContain("my-fractions");
    }

    [Fact]
    public async Task A_bad_kit_is_refused_with_every_error_by_line_and_field_and_nothing_is_written()
    {
        using var folder = new TempFolder();
        await using var host = await FeedHost.StartAsync(false, ("Kits__Folder", folder.Path));
        var token = FeedHost.With(await host.TokenAsync("kits"));
        var bad = Mine.Replace("id: my-fractions", "id: My Fractions", StringComparison.Ordinal) + "colour: red\n";
        var refusal = await Should.ThrowAsync<RpcException>(() => host.Feed.ImportKitAsync(Request("../mine.yaml", bad), token).ResponseAsync);
        refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        refusal.Status.Detail.ShouldStartWith("mine.yaml(");
        var errors = refusal.GetRpcStatus()!.GetDetail<KitErrors>()!.Errors;
        errors.Select(e => e.Field).ShouldBe(["id", "colour"]);
        errors.ShouldAllBe(e => e.Line > 0 && e.Code.Length > 0 && e.Message.Length > 0);
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    private static ImportKitRequest Request(string name, string yaml) => new() { FileName = name, Yaml = ByteString.CopyFromUtf8(yaml) };
}
