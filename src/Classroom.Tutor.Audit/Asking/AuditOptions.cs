namespace Classroom.Tutor.Audit;

/// <summary>Section <c>Audit</c>.</summary>
public sealed class AuditOptions
{
    public const int MostAtOnce = 32;

    /// <summary>How many cases are asked of the model at the same time.</summary>
    public int AtOnce { get; set; } = 4;

    /// <summary>A provider that says when it may be asked again is waited for, if it is no longer than this.</summary>
    public TimeSpan WaitAtMost { get; set; } = TimeSpan.FromMinutes(2);
}
