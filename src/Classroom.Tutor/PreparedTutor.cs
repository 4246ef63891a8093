using Classroom.Kits;

namespace Classroom.Tutor;

/// <summary>How fast prepared text appears. <see cref="WordDelay"/> zero: at once.</summary>
public sealed class PreparedTutorOptions
{
    /// <summary>A child reads about four words a second; the text keeps just ahead.</summary>
    public TimeSpan WordDelay { get; set; } = TimeSpan.FromMilliseconds(160);
}

/// <summary>
/// The tutor of a room without a model: what the kit's author wrote, marked as prepared text. It needs no network.
/// </summary>
public sealed class PreparedTutor(IKits kits, PreparedTutorOptions options, TimeProvider time) : ITutor
{
    private readonly PreparedText _text = new(kits, time);

    public bool HasModel => false;

    public IAsyncEnumerable<TutorPiece> Explain(ExplainRequest request, CancellationToken cancellationToken) =>
        PreparedExplain.ExplainAsync(request, _text, options.WordDelay, cancellationToken);

    /// <remarks>What an author wrote is never discarded.</remarks>
    public Task DiscardAsync(string text, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<TAnswer> Ask<TAnswer>(ITutorRequest<TAnswer> request, CancellationToken cancellationToken)
        where TAnswer : TutorAnswer => await TutorAbilities.Of(request).PreparedAsync(request, _text, cancellationToken);
}

/// <summary>The texts of the kits, as an ability's prepared side finds them.</summary>
internal sealed class PreparedText(IKits kits, TimeProvider time)
{
    public TimeProvider Time => time;

    /// <exception cref="TutorException">no-prepared-text: the kit, or the step, is not on this server.</exception>
    public async Task<KitStep> StepAsync((string Id, string Hash) kit, string lessonId, string stepId, CancellationToken cancellationToken) =>
        (await kits.FindAsync(kit.Id, kit.Hash, cancellationToken))?.Lessons.FirstOrDefault(l => l.Id == lessonId)?.Steps.FirstOrDefault(s => s.Id == stepId)
        ?? throw new TutorException("no-prepared-text");

    public Provenance Source(string kitId, string template, long started) => new(
        Provenance.PreparedProvider, kitId, template + "@kit", 0, (long)time.GetElapsedTime(started).TotalMilliseconds, false);
}
