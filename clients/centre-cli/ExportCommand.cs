using Google.Protobuf;
using Grpc.Core;
using Ortaq.Centre.V1;
using Spectre.Console;

namespace Classroom.Centre.Cli;

/// <summary><c>centre export</c>: facts, one JSON object a line. A file that was begun is gone on with: it says itself which versions it holds.</summary>
internal static class ExportCommand
{
    public static async Task<int> RunAsync(Feed feed, IAnsiConsole console, string? session, FileInfo? file, CancellationToken stop)
    {
        var request = new ExportFactsRequest { ClassroomId = session ?? "" };
        using var to = file is null ? null : new FileStream(file.FullName, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        if (to is not null)
        {
            await ReadHeldAsync(to, request.AfterVersion, stop);
        }

        await using var writer = to is null ? Console.Out : new StreamWriter(to);
        var count = 0;
        // The deadline is for one answer; a country's facts take as long as they take.
        using var call = feed.Calls.ExportFacts(request, feed.Stream(stop));
        await foreach (var fact in call.ResponseStream.ReadAllAsync(stop))
        {
            await writer.WriteLineAsync(JsonFormatter.Default.Format(fact));
            count++;
        }

        await writer.FlushAsync(stop);
        if (to is not null)
        {
            console.MarkupLineInterpolated($"{count} → [bold]{file!.FullName}[/]");
        }

        return 0;
    }

    // A line that was cut off in the middle (no power, no disk) is cut off whole, and its fact asked for again.
    private static async Task ReadHeldAsync(FileStream file, IDictionary<string, long> held, CancellationToken stop)
    {
        file.SetLength(await EndOfLastLineAsync(file, stop));
        file.Position = 0;
        using var reader = new StreamReader(file, leaveOpen: true);
        while (await reader.ReadLineAsync(stop) is { } line)
        {
            var fact = TryParse(line) ?? throw new FailureException($"--out: {file.Name} holds something else than facts.");
            held[fact.ClassroomId] = fact.Version;
        }

        file.Seek(0, SeekOrigin.End);
    }

    private static async Task<long> EndOfLastLineAsync(FileStream file, CancellationToken stop)
    {
        var buffer = new byte[64 * 1024];
        var (end, position, read) = (0L, 0L, 0);
        while ((read = await file.ReadAsync(buffer, stop)) > 0)
        {
            if (buffer.AsSpan(0, read).LastIndexOf((byte)'\n') is >= 0 and var at)
            {
                end = position + at + 1;
            }

            position += read;
        }

        return end;
    }

    private static Fact? TryParse(string line)
    {
        try
        {
            return JsonParser.Default.Parse<Fact>(line) is { Version: > 0 } fact ? fact : null;
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException)
        {
            return null;
        }
    }
}
