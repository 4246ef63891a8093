using System.Text.Json;

namespace Classroom.Grains.Tests;

/// <summary>A view as the client keeps it: the fold of what it received, by the rules of <see cref="LessonPatch"/>.</summary>
public sealed class FoldedView
{
    private readonly SortedDictionary<string, string> _entities = new(StringComparer.Ordinal);

    public long Seq { get; private set; }

    /// <summary>One line per entity, in order: two equal views are equal texts.</summary>
    public string Text => string.Join('\n', _entities.Select(t => t.Key + " = " + t.Value));

    public static FoldedView Of(SyncResponse welcome)
    {
        ArgumentNullException.ThrowIfNull(welcome);
        var folded = new FoldedView { Seq = welcome.Seq };
        folded.Lay(welcome.Snapshot.ShouldNotBeNull());
        return folded;
    }

    public static FoldedView Of(LessonState state, Audience audience)
    {
        ArgumentNullException.ThrowIfNull(state);
        var folded = new FoldedView { Seq = state.Seq };
        folded.Lay(LessonJson.Encode(View.Of(state, audience)));
        return folded;
    }

    public bool Shows(string kind, object id) => _entities.ContainsKey($"{kind} {id}");

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
                _entities.Remove(key);
            }
            else
            {
                _entities[key] = value.GetRawText();
            }
        }
    }
}
