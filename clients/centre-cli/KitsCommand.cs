using Google.Protobuf;
using Grpc.Core;
using Ortaq.Centre.V1;
using Spectre.Console;

namespace Classroom.Centre.Cli;

/// <summary><c>centre kits import FILE...</c>: each file by itself; what is wrong with one is said by line and field, as a compiler does.</summary>
internal static class KitsCommand
{
    public static async Task<int> ImportAsync(Feed feed, IAnsiConsole console, FileInfo[] files, bool json, CancellationToken stop)
    {
        var code = 0;
        foreach (var file in files)
        {
            var request = new ImportKitRequest { FileName = file.Name, Yaml = ByteString.CopyFrom(await File.ReadAllBytesAsync(file.FullName, stop)) };
            try
            {
                var reply = await feed.Calls.ImportKitAsync(request, feed.Once(stop));
                if (json)
                {
                    await Console.Out.WriteLineAsync(JsonFormatter.Default.Format(reply));
                }
                else
                {
                    console.MarkupLineInterpolated($"[green]{file.Name}[/]: {reply.KitId} {reply.Version}{(reply.Replaced ? ", replaced" : "")}, {reply.Lessons} lessons");
                }
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.InvalidArgument && e.GetRpcStatus()?.GetDetail<KitErrors>() is { } errors)
            {
                code = Failure.Refused;
                foreach (var error in errors.Errors)
                {
                    await Console.Error.WriteLineAsync(
                        json ? JsonFormatter.Default.Format(error) : $"{file.Name}({error.Line},{error.Column}): {error.Code}: {error.Field}: {error.Message}");
                }
            }
        }

        return code;
    }
}
