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

    public static async Task ServeAsync(Func<string[], Task<object>> answer)
    {
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Say(await answer(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        }
    }
}
