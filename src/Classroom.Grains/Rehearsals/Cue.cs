namespace Classroom.Grains;

/// <summary>Something that a student would do: so long after an occasion, if nothing has changed by then.</summary>
/// <param name="Key">Names it once and for all: the command's id is made of it, so that after a crash it is done at most once.</param>
/// <param name="Occasion">What it answers to; its time runs from when that was first seen.</param>
internal sealed record Cue(string Key, Pupil By, string Occasion, TimeSpan After, Command Command);

/// <summary>A command that is due.</summary>
/// <param name="CommandId">The same each time.</param>
public sealed record Act(string Key, Pupil By, Guid CommandId, Command Command)
{
    // Who comes in has no ticket yet: the server speaks, and on a phone where another sits already it must not speak for that one.
    public Envelope Envelope => new(CommandId, new Actor(Role.Student, By.Id), Command, Command is TakeSeat ? null : By.DeviceId, By.For(Command));
}
