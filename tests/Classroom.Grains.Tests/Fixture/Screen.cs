using System.Text.Json;

namespace Classroom.Grains.Tests;

/// <summary>A screen as the client keeps it: the fold of what it was told, by the rules of <see cref="Frame"/>.</summary>
public sealed class Screen
{
    private readonly SortedDictionary<string, string> _things = new(StringComparer.Ordinal);

    public long Seq { get; private set; }

    /// <summary>One line per thing, in order: two screens that show the same are equal texts.</summary>
    public string Text => string.Join('\n', _things.Select(t => t.Key + " = " + t.Value));

    public static Screen Of(SyncResponse welcome)
    {
        ArgumentNullException.ThrowIfNull(welcome);
        var screen = new Screen { Seq = welcome.Seq };
        screen.Lay(welcome.Snapshot.ShouldNotBeNull());
        return screen;
    }

    public static Screen Of(LessonState state, Audience audience)
    {
        ArgumentNullException.ThrowIfNull(state);
        var screen = new Screen { Seq = state.Seq };
        screen.Lay(LessonJson.Encode(View.Of(state, audience)));
        return screen;
    }

    public bool Shows(string kind, object id) => _things.ContainsKey($"{kind} {id}");

    public Screen Hear(IEnumerable<Frame> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        foreach (var frame in frames.Where(f => f.Seq > Seq))
        {
            frame.From.ShouldBeLessThanOrEqualTo(Seq, "a gap");
            Lay(frame.Json);
            Seq = frame.Seq;
        }

        return this;
    }

    private void Lay(byte[] notices)
    {
        using var json = JsonDocument.Parse(notices);
        foreach (var notice in json.RootElement.EnumerateArray())
        {
            var key = $"{notice.GetProperty("k").GetString()} {notice.GetProperty("id").GetString()}";
            var value = notice.GetProperty("v");
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
