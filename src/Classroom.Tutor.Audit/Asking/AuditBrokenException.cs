namespace Classroom.Tutor.Audit;

/// <summary>No model answers: what would be found is not worth a dossier.</summary>
public sealed class AuditBrokenException(string code)
    : Exception(code == "tutor-misconfigured" ? "The provider refuses the key or the model (tutor-misconfigured): there is no dossier."
        : $"The model has not answered {AuditRun.SilentInARow} times in a row ({code}): there is no dossier.")
{
    /// <summary>The tutor's code of the last failure.</summary>
    public string Code { get; } = code;
}
