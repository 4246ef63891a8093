namespace Classroom.Kits;

/// <summary>
/// What students might write in a step, by the kit's author: the lines of a rehearsal's scripted class. No real lesson shows them. Each list goes from
/// what a strong student writes to what a weak one does; the children of one language take one line each.
/// </summary>
/// <param name="Answers">By the id of a question in the lesson's plan: answers to an open question, words for a cloud.</param>
/// <param name="Ideas">By the id of a prompt.</param>
/// <param name="Works">Works on the step's task.</param>
public sealed record StepSamples(
    IReadOnlyDictionary<string, IReadOnlyList<Trilingual>> Answers,
    IReadOnlyDictionary<string, IReadOnlyList<Trilingual>> Ideas,
    IReadOnlyList<SampleWork> Works);

/// <param name="Reflection">Where the task asks for one.</param>
/// <param name="Source">Where the task asks for sources.</param>
public sealed record SampleWork(Trilingual Text, Trilingual? Reflection, Trilingual? Source);
