namespace Classroom.Grains;

/// <summary>Ink while it is drawn: passed on to every process that shows the lesson, in its place among the patches, and kept by nobody.</summary>
public sealed partial class ClassroomGrain
{
    public Task<Refusal?> Sketch(Actor by, StrokePart part)
    {
        var refusal = InkRules.RefusalTo(_state, by, part);
        if (refusal is null)
        {
            _observers.Announce(new StrokeNow(part));
        }

        return Task.FromResult(refusal);
    }
}
