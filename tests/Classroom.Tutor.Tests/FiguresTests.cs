using Classroom.Tutor.Audit;

namespace Classroom.Tutor.Tests;

/// <summary>What is counted from the cases of an audit.</summary>
public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(10, 10, 0.7225, 1)]
    [InlineData(81, 263, 0.2553, 0.3662)]
    public void An_interval_is_Wilsons(int part, int whole, double low, double high)
    {
        var (l, h) = Figures.Wilson(part, whole);
        (Math.Round(l, 4), Math.Round(h, 4)).ShouldBe((low, high));
    }
}
