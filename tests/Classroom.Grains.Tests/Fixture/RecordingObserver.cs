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

    /// <summary>Fails at everything it receives, after having received it.</summary>
    public bool Fails { get; set; }

    public PatchBatch[] Received => [.. _patches];

    public ImmutableArray<Guid>[] Present => [.. _presence];

    public ImmutableArray<Tile>[] Walls => [.. _tiles];

    /// <summary>What was said of the lesson's being stored.</summary>
    public bool[] Saving => [.. _saving];

    public long LastSeq => _patches.LastOrDefault()?.Seq ?? 0;

    public TextChunk[] Texts(Guid explanationId, string variant = "kk-standard") =>
        [.. _texts.Where(t => t.ExplanationId == explanationId && t.Variant == variant)];

    /// <summary>The text as a client has it: each chunk put in at its offset.</summary>
    public string TextOf(Guid explanationId, string variant = "kk-standard", string before = "") =>
        Texts(explanationId, variant).Aggregate(before, (text, frame) => text[..frame.Offset] + frame.Text);

    public Task Patches(PatchBatch batch) => Note(_patches, batch);

    public Task Text(TextChunk chunk) => Note(_texts, chunk);

    public Task Presence(Guid classroomId, ImmutableArray<Guid> students) => Note(_presence, students);

    Task IClassroomObserver.Saving(Guid classroomId, bool works) => Note(_saving, works);

    /// <summary>How often an activation said that it is over.</summary>
    public int Deactivations => _deactivations.Count;

    public Task Deactivated(Guid classroomId) => Note(_deactivations, classroomId);

    public Task Tiles(Guid centreId, ImmutableArray<Tile> tiles) => Note(_tiles, tiles);

    private Task Note<T>(ConcurrentQueue<T> into, T received)
    {
        into.Enqueue(received);
        signal.Pulse();
        return Fails ? throw new InvalidOperationException("This observer fails.") : Task.CompletedTask;
    }
}
