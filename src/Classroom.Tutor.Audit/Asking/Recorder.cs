using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.AI;

namespace Classroom.Tutor.Audit;

/// <summary>What was sent for one case, what came, and when the first word did.</summary>
internal sealed class Recording
{
    public StringBuilder Sent { get; } = new();

    public StringBuilder Said { get; } = new();

    public string Told { get; set; } = "";

    public TimeSpan? FirstToken { get; set; }

    public int Tokens { get; set; }

    public int Requests { get; set; }

    public string By { get; set; } = "";
}

/// <summary>Between the tutor and a provider's client. Cases run beside each other on one tutor; each has the recording that was begun in its own flow.</summary>
internal sealed class Recorder(IChatClient inner, string by) : DelegatingChatClient(inner)
{
    private static readonly AsyncLocal<Recording?> Own = new();

    public static Recording Begin() => Own.Value = new Recording();

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var recording = Own.Value ?? new Recording();
        recording.Requests++;
        var all = messages.ToList();
        recording.Told = string.Join('\n', all.Where(m => m.Role == ChatRole.System).Select(m => m.Text));
        // Instructions are the same for every child, and hold words that are names as well (mark).
        recording.Sent.AppendJoin('\n', all.Where(m => m.Role != ChatRole.System).Select(m => m.Text)).AppendLine();
        var started = Stopwatch.GetTimestamp();
        await foreach (var update in base.GetStreamingResponseAsync(all, options, cancellationToken))
        {
            if (update.Text.Length > 0)
            {
                recording.FirstToken ??= Stopwatch.GetElapsedTime(started);
                recording.By = by;
                recording.Said.Append(update.Text);
            }

            recording.Tokens += (int)(update.Contents.OfType<UsageContent>().Sum(u => u.Details.TotalTokenCount) ?? 0);
            yield return update;
        }

        recording.Said.AppendLine();
    }
}
