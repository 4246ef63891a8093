namespace Classroom.Grains;

/// <summary>
/// One streamed explanation and its variants. Key: classroom id, explanation id. Streams text to the observers, reports only the end to the classroom.
/// Placed where the classroom is that starts it.
/// </summary>
[Alias("explanation"), Version(2)]
public interface IExplanationGrain : IGrainWithGuidCompoundKey
{
    /// <summary>Begin to stream the variants that are not being streamed already.</summary>
    [Alias("start")]
    Task Start(ExplanationTask task, ImmutableArray<IClassroomObserver> observers);

    /// <summary>Tells it who observes, and asks which of these are not being streamed here: they were lost with another activation.</summary>
    [Alias("missing")]
    Task<ImmutableArray<VariantStart>> Missing(ImmutableArray<VariantStart> starts, ImmutableArray<IClassroomObserver> observers);

    /// <summary>What was streamed to the teacher alone goes to everybody from now on.</summary>
    [Alias("release")]
    Task Release();

    [Alias("stop")]
    Task Stop();

    /// <summary>The teacher switched AI off: what a model gives ends, prepared text goes on, and stands in where nothing was said yet.</summary>
    [Alias("end-ai")]
    Task EndAi();

    [Alias("attach")]
    Task Attach(IClassroomObserver observer);

    /// <summary>The text of a variant so far, from an offset (UTF-16 units). The classroom has looked who may read it.</summary>
    [Alias("read")]
    Task<TextSlice> Read(string variant, int offset);
}
