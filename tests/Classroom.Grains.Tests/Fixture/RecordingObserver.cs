using System.Collections.Concurrent;

namespace Classroom.Grains.Tests;

/// <summary>An observing process that remembers what it received. Held by the test: an observer is only referred to weakly.</summary>
public sealed class RecordingObserver(Signal signal) : IClassroomObserver, ICentreObserver
{
    private readonly ConcurrentQueue<PatchBatch> _patches = new();
    private readonly ConcurrentQueue<TextChunk> _texts = new();
    private readonly ConcurrentQueue<ImmutableArray<Guid>> _presence = new();
    private readonly ConcurrentQueue<ImmutableArray<Tile>> _tiles = new();
    private readonly ConcurrentQueue<bool> _saving = new();
    private readonly ConcurrentQueue<Guid> _deactivations = new();

    private readonly ConcurrentQueue<(long Seq, long Received)> _versions = new();

    private readonly ConcurrentQueue<(StrokePart Part, long Received)> _strokes = new();

    private int _batches;

    /// <summary>Fails at everything it receives, after having received it.</summary>
    public bool Fails { get; set; }

    /// <summary>Answers nothing before this is completed.</summary>
    public TaskCompletionSource? Answers { get; set; }

    /// <summary>How often something came.</summary>
    public int Batches => Volatile.Read(ref _batches);

    public PatchBatch[] Received => [.. _patches];

    public ImmutableArray<Guid>[] Present => [.. _presence];

    public ImmutableArray<Tile>[] Walls => [.. _tiles];

    /// <summary>What was said of the lesson's being stored.</summary>
    public bool[] Saving => [.. _saving];

    /// <summary>What was said of the version, and the version of the patches that had come by then.</summary>
    public (long Seq, long Received)[] Versions => [.. _versions];

    /// <summary>What was being drawn, and the version of the patches that had come by then.</summary>
    public (StrokePart Part, long Received)[] Strokes => [.. _strokes];

    public long LastSeq => _patches.LastOrDefault()?.Seq ?? 0;

    public TextChunk[] Texts(Guid explanationId, string variant = "kk-standard") =>
        [.. _texts.Where(t => t.ExplanationId == explanationId && t.Variant == variant)];

    /// <summary>The text as a client has it: each chunk put in at its offset.</summary>
    public string TextOf(Guid explanationId, string variant = "kk-standard", string before = "") =>
        Texts(explanationId, variant).Aggregate(before, (text, frame) => text[..frame.Offset] + frame.Text);

    /// <summary>How often an activation said that it is over.</summary>
    public int Deactivations => _deactivations.Count;

    public Task Announce(Guid classroomId, ImmutableArray<Announcement> announcements)
    {
        foreach (var announcement in announcements)
        {
            switch (announcement)
            {
                case PatchBatch batch:
                    _patches.Enqueue(batch);
                    break;
                case TextChunk chunk:
                    _texts.Enqueue(chunk);
                    break;
                case StrokeNow stroke:
                    _strokes.Enqueue((stroke.Part, LastSeq));
                    break;
                case PresenceNow presence:
                    _presence.Enqueue(presence.Students);
                    break;
                case SavingNow saving:
                    _saving.Enqueue(saving.Works);
                    break;
                case VersionNow version:
                    _versions.Enqueue((version.Seq, LastSeq));
                    break;
                case ActivationOver:
                    _deactivations.Enqueue(classroomId);
                    break;
                default:
                    throw new InvalidOperationException(announcement.GetType().Name);
            }
        }

        return TakenAsync();
    }

    public Task Tiles(Guid centreId, ImmutableArray<Tile> tiles)
    {
        _tiles.Enqueue(tiles);
        return TakenAsync();
    }

    public void Forget() => _patches.Clear();

    private Task TakenAsync()
    {
        Interlocked.Increment(ref _batches);
        signal.Pulse();
        return Fails ? throw new InvalidOperationException("This observer fails.") : Answers?.Task ?? Task.CompletedTask;
    }
}
