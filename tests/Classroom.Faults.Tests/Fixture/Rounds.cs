namespace Classroom.Faults.Tests;

/// <summary>
/// How often a fault is made, and with which luck. The short counts run in every build; ORTAQ_LONG=1 (<c>tests/run --long</c>) runs the full ones.
/// What was run is written to the file that ORTAQ_LOG names, which tests/run prints: a passing test says how much it did.
/// </summary>
public static class Rounds
{
    private static readonly Lock File = new();

    public static bool Long => Environment.GetEnvironmentVariable("ORTAQ_LONG") == "1";

    public static int Of(int inShort, int inLong) => Long ? inLong : inShort;

    /// <summary>A seed that is printed, and may be given again with ORTAQ_SEED.</summary>
    public static int Seed() => int.TryParse(Environment.GetEnvironmentVariable("ORTAQ_SEED"), CultureInfo.InvariantCulture, out var given)
        ? given : Random.Shared.Next(1, 1_000_000);

    public static void Print(ITestOutputHelper output, string line)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("ORTAQ_LOG") is { Length: > 0 } log)
        {
            lock (File)
            {
                System.IO.File.AppendAllText(log, line + "\n");
            }
        }
    }
}
