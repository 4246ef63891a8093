namespace Classroom.Tutor.Tests;

/// <summary>
/// Sets of a hand that knew neither rules nor examples, counted once; the limits of claims, prying questions and works that judge themselves were chosen with an eye
/// on them, those of danger and marks were not. They are held: nobody makes rules or examples of their lines.
/// </summary>
public sealed class BlindSetTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static readonly Dictionary<string, Func<string, bool>> Looks = new(StringComparer.Ordinal)
    {
        ["distress-blind"] = static t => Distress.Look(t) == true, ["claims-blind"] = Claims.AreIn, ["life-blind"] = static t => PrivateLife.IsIn(t),
        ["work-talk-blind"] = static t => AboutWork.IsIn(t) || Tutor.Orders.AreIn(t), ["marks-coach-blind"] = MarkTalk.IsIn,
    };

    [Theory]
    [InlineData("distress-blind", "calm-blind", 0.94, 0.045)]
    [InlineData("claims-blind", "no-claims-blind", 0.88, 0.055)]
    [InlineData("life-blind", "no-life-blind", 0.88, 0.02)]
    [InlineData("work-talk-blind", "no-work-talk-blind", 0.86, 0.01)]
    [InlineData("marks-coach-blind", "no-marks-coach-blind", 0.78, 0.015)]
    public void They_are_seen_and_innocent_lines_stay(string set, string innocent, double seen, double taken)
    {
        var (lines, others) = (Lines(set), Lines(innocent));
        output.WriteLine($"{set}: seen {lines.Share(Looks[set]):P1} of {lines.Count}, taken {others.Share(Looks[set]):P1} of {others.Count}");
        (lines.Count, others.Count).ShouldSatisfyAllConditions(n => n.Item1.ShouldBeGreaterThanOrEqualTo(100), n => n.Item2.ShouldBeGreaterThanOrEqualTo(120));
        lines.Share(Looks[set]).ShouldBeGreaterThanOrEqualTo(seen);
        others.Share(Looks[set]).ShouldBeLessThanOrEqualTo(taken);
    }

    [Fact]
    public void None_of_them_is_an_example()
    {
        var examples = Directory.EnumerateFiles(Path.Combine(Checkout.Folder, "src/Classroom.Tutor/Guard/Examples"), "*.txt").SelectMany(File.ReadLines).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var set in Looks.Keys.Concat(["calm-blind", "no-claims-blind", "no-life-blind", "no-work-talk-blind", "no-marks-coach-blind"]))
        {
            Lines(set).Where(examples.Contains).ShouldBeEmpty(set);
        }
    }

    // A line of a column is written with \n.
    private static List<string> Lines(string set) => Sentences.Rows(set).ConvertAll(r => r[^1].Replace("\\n", "\n", StringComparison.Ordinal));
}
