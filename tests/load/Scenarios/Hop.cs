namespace Classroom.Load;

/// <summary>What it costs to reach a grain: the same repeated command through its reference, and straight into the rules.</summary>
public static class Hop
{
    public static async Task RunAsync(Report report)
    {
        for (var round = 0; round < 2; round++)
        {
            await using var server = await Child.StartAsync("serve-ours");
            await server.AskAsync("setup 1 25");
            foreach (var _ in Enumerable.Range(0, 3))
            {
                var got = await server.AskAsync("hop 100000");
                report.Sample(true, "a repeated command", "us", got["grain"]!.GetValue<double>());
                report.Sample(false, "a repeated command", "us", got["direct"]!.GetValue<double>());
                report.Sample(true, "a decided command (no storage)", "us", got["grain"]!.GetValue<double>() + got["decide"]!.GetValue<double>());
                report.Sample(false, "a decided command (no storage)", "us", got["decide"]!.GetValue<double>());
            }
        }
    }
}
