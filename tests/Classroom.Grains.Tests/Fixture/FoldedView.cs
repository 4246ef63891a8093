using System.Text.Json;

namespace Classroom.Grains.Tests;

/// <summary>A screen as the client keeps it: the fold of what it was told, by the rules of <see cref="LessonPatch"/>.</summary>
public sealed class FoldedView
{
    private readonly SortedDictionary<string, string> _things = new(StringComparer.Ordinal);

    public long Seq { get; private set; }

    /// <summary>One line per thing, in order: two screens that show the same are equal texts.</summary>
    public string Text => string.Join('\n', _things.Select(t => t.Key + " = " + t.Value));

    public static FoldedView Of(SyncResponse welcome)
    {
        ArgumentNullException.ThrowIfNull(welcome);
        var screen = new FoldedView { Seq = welcome.Seq };
        screen.Lay(welcome.Snapshot.ShouldNotBeNull());
        return screen;
    }

    public static FoldedView Of(LessonState state, Audience audience)
    {
        ArgumentNullException.ThrowIfNull(state);
        var screen = new FoldedView { Seq = state.Seq };
        screen.Lay(LessonJson.Encode(View.Of(state, audience)));
        return screen;
    }

    public bool Shows(string kind, object id) => _things.ContainsKey($"{kind} {id}");

    public FoldedView Fold(IEnumerable<LessonPatch> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        foreach (var frame in batch.Where(f => f.Seq > Seq))
        {
            frame.From.ShouldBeLessThanOrEqualTo(Seq, "a gap");
            Lay(frame.Changes);
            Seq = frame.Seq;
        }

        return this;
    }

    private void Lay(byte[] changes)
    {
        using var json = JsonDocument.Parse(changes);
        foreach (var change in json.RootElement.EnumerateArray())
        {
            var key = $"{change.GetProperty("k").GetString()} {change.GetProperty("id").GetString()}";
            var value = change.GetProperty("v");
            if (value.ValueKind == JsonValueKind.Null)
            {
                _things.Remove(key);
            }
            else
            {
                _things[key] = value.GetRawText();
            }
        }
    }
}
