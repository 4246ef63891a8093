namespace Classroom.Grains;

/// <summary>A teacher: the classrooms they have opened. Called by the opening endpoint and by the classrooms.</summary>
public sealed class TeacherGrain(IFactLog log, TimeProvider time) : Grain, ITeacherGrain
{
    private Journal<TeacherEntry> _stream = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new(log, $"teacher/{this.GetPrimaryKey()}", JournalJson.Default.TeacherEntry, time);
        return _stream.LoadAsync(cancellationToken);
    }

    public async Task Opened(ClassroomCard card)
    {
        if (Last(card.ClassroomId) is null)
        {
            await Add("classroom-opened.1", card);
        }
    }

    public async Task Ended(Guid classroomId, DateTimeOffset? at)
    {
        if (Last(classroomId) is { } card && card.EndedAt != at)
        {
            await Add("classroom-closed.1", card with { EndedAt = at });
        }
    }

    public Task<ImmutableArray<ClassroomCard>> Classrooms() => Task.FromResult<ImmutableArray<ClassroomCard>>(
        [.. _stream.Facts.Select(f => f.Card).GroupBy(c => c.ClassroomId).Select(g => g.Last()).OrderByDescending(c => c.OpenedAt)]);

    public Task<bool> Owns(Guid classroomId) => Task.FromResult(Last(classroomId) is not null);

    private ClassroomCard? Last(Guid classroomId) => _stream.Facts.LastOrDefault(f => f.Card.ClassroomId == classroomId)?.Card;

    private async Task Add(string name, ClassroomCard card)
    {
        try
        {
            if (!await _stream.AddAsync(name, new TeacherEntry(card)))
            {
                throw new StorageUnavailableException("Another activation wrote this teacher; try again.");
            }
        }
        catch (StorageUnavailableException)
        {
            // Stale, or stored without an answer: the next call meets an activation that knows.
            DeactivateOnIdle();
            throw;
        }
    }
}
