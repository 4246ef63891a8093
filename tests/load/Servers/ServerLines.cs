using System.Runtime;
using System.Text.Json;

namespace Classroom.Load;

/// <summary>How a server process talks with the run: one line in, one line of JSON out; the end of its input is the end of it.</summary>
public static class ServerLines
{
    public const char Answer = '@';

    private static readonly TextWriter Out = Console.Out;

    public static void Say(object answer)
    {
        Out.WriteLine(Answer + JsonSerializer.Serialize(answer));
        Out.Flush();
    }

    /// <summary>
    /// On a thread of its own: reading the console blocks, whatever its method is called, and the pool of a process with one core has one
    /// worker. When it was that one, the server stood still until the pool noticed, half a second later.
    /// </summary>
    public static Task ServeAsync(Func<string[], Task<object>> answer) => Task.Factory.StartNew(() =>
    {
        while (Console.In.ReadLine() is { } line)
        {
            Say(line switch
            {
                "compiled" => new { count = JitInfo.GetCompiledMethodCount() },
                "garbage" => new { bytes = GC.GetTotalAllocatedBytes(), count = GC.CollectionCount(0), pause = GC.GetTotalPauseDuration().TotalMilliseconds },
                _ => answer(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).GetAwaiter().GetResult(),
            });
        }
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
