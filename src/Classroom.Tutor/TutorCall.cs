using System.Collections.Concurrent;

namespace Classroom.Tutor;

/// <summary>One call to the tutor: for whom it is made, what must not leave, and what went wrong around it.</summary>
/// <param name="Ability">explain, prompt, feedback, coach or danger.</param>
/// <param name="Names">Names and nicknames of the room, none of which may leave for a model.</param>
public sealed record TutorCall(
    string Ability, Guid ClassroomId, Guid TeacherId, string StepId, Guid? StudentId, ImmutableArray<string> Names)
{
    /// <summary>The whole names of the class, where a teacher entered them, and what its children were called before. Kept on this machine, looked for in every text, and never sent.</summary>
    public ImmutableArray<string> Roster { get; init; } = [];

    /// <summary>Which provider gave words for it, as <see cref="ProviderStatus.Id"/>; empty while none did. Prepared text may stand in all the same.</summary>
    public string AnsweredBy { get; internal set; } = "";

    internal IEnumerable<string> NamesToHide => Names.Concat(Roster);

    private readonly ConcurrentQueue<TutorIncident> _incidents = new();
    private readonly ConcurrentDictionary<string, byte> _flags = new(StringComparer.Ordinal);

    /// <summary>What the teacher should know of a student's question: wants-answer, distress, unsafe, personal-data, injection.</summary>
    public IEnumerable<string> Flags => _flags.Keys.Order(StringComparer.Ordinal);

    /// <param name="kind">input-withheld, output-withheld, wrong-language, quote-dropped, mark-dropped, verdict-dropped, link-dropped, claim-dropped, private-dropped, name-dropped, prompt-echoed or injection.</param>
    public void Incident(string kind, string category = "") => _incidents.Enqueue(new TutorIncident(Guid.CreateVersion7(), kind, category));

    public void Flag(string flag) => _flags.TryAdd(flag, 0);

    public ImmutableArray<TutorIncident> TakeIncidents()
    {
        var taken = ImmutableArray.CreateBuilder<TutorIncident>();
        while (_incidents.TryDequeue(out var incident))
        {
            taken.Add(incident);
        }

        return taken.ToImmutable();
    }
}

/// <summary>Something for the register of incidents. Holds no text of a child.</summary>
public sealed record TutorIncident(Guid Id, string Kind, string Category);
