namespace Classroom.Tutor.Audit;

/// <param name="Set">What is asked now.</param>
public sealed record AuditProgress(string Set, int Done, int Total);

/// <summary>What a run will take, before it is begun. Tokens are a guess by the length of what is sent and of what may come.</summary>
public sealed record AuditEstimate(int Calls, long Tokens);
