namespace Classroom.Kits;

/// <summary>A candidate for a team's discussion and small project, from local life. The teacher picks; the author offers three to five.</summary>
/// <param name="Sharing">How a team shares the devices it has.</param>
public sealed record Prompt(
    string Id,
    Trilingual Question,
    Trilingual Make,
    Trilingual Materials,
    int Minutes,
    IReadOnlyList<Trilingual> Roles,
    Trilingual Sharing);

/// <summary>What AI may do in a task: nothing, answer questions, or draft after the student's own first draft.</summary>
public enum AiPolicy
{
    None,
    Ask,
    Draft,
}

/// <summary>The work of a make step. There is no mark in a kit: descriptors only, and the teacher marks.</summary>
public sealed record MakeTask(
    Trilingual Title,
    Trilingual Text,
    AiPolicy AiPolicy,
    int MinOwnWords,
    bool AsksReflection,
    bool AsksSources,
    IReadOnlyList<Criterion> Criteria);

public sealed record Criterion(string Id, Trilingual Title, IReadOnlyList<Descriptor> Descriptors);

/// <summary>Worth exactly one point, as Kazakhstan's criteria-based assessment has it.</summary>
public sealed record Descriptor(string Id, Trilingual Text, DescriptorHints Hints);

/// <summary>One next step for the student in each case: what the prepared tutor drafts and the teacher releases.</summary>
public sealed record DescriptorHints(Trilingual Met, Trilingual Partly, Trilingual NotYet);
