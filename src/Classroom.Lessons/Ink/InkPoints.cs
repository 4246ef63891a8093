namespace Classroom.Lessons;

/// <summary>
/// Points of a stroke as whole numbers, three a point: x, y, pressure. The first three are where it begins, each three after that how far the next
/// point is from the one before. x and y are quarters of a unit of a board of 1920 x 1080, from its upper left corner; pressure is 0 to 63.
/// </summary>
public static class InkPoints
{
    public const int PerPoint = 3;
    public const int Width = 4 * 1920;
    public const int Height = 4 * 1080;
    public const int Hardest = 63;

    /// <returns>A code, or null when each point is on the board.</returns>
    public static Decision? RefusalTo(ImmutableArray<int> points, int max)
    {
        if (points.IsDefaultOrEmpty)
        {
            return Decision.Refuse("empty");
        }

        if (points.Length % PerPoint != 0)
        {
            return Decision.Refuse("bad-value");
        }

        return points.Length > max * PerPoint ? Decision.Refuse("too-long", "max", max) : IsOnBoard(points) ? null : Decision.Refuse("bad-value");
    }

    // Sums of whatever numbers: 64 bits hold them all.
    private static bool IsOnBoard(ImmutableArray<int> points)
    {
        var (x, y, pressure) = (0L, 0L, 0L);
        for (var i = 0; i < points.Length; i += PerPoint)
        {
            (x, y, pressure) = (x + points[i], y + points[i + 1], pressure + points[i + 2]);
            if (x is < 0 or > Width || y is < 0 or > Height || pressure is < 0 or > Hardest)
            {
                return false;
            }
        }

        return true;
    }
}
