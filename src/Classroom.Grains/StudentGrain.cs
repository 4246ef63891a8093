namespace Classroom.Grains;

/// <summary>A learner across lessons: language, level, the lessons attended. Nothing calls it yet: class cards and centre accounts are to come.</summary>
public sealed class StudentGrain(IFactLog log, TimeProvider time) : Grain, IStudentGrain
{
    private Journal<StudentEntry> _stream = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new(log, $"student/{this.GetPrimaryKey()}", JournalJson.Default.StudentEntry, time);
        return _stream.LoadAsync(cancellationToken);
    }

    public Task Joined(Guid classroomId, Language language, Level level) =>
        _stream.Facts.Exists(f => f.ClassroomId == classroomId) ? Task.CompletedTask
            : Add("lesson-joined.1", new StudentEntry(classroomId, language, level));

    public Task Prefer(Language language, Level level) => Add("preferences-changed.1", new StudentEntry(null, language, level));

    public Task<ImmutableArray<Guid>> Lessons() =>
        Task.FromResult<ImmutableArray<Guid>>([.. _stream.Facts.Select(f => f.ClassroomId).OfType<Guid>()]);

    private async Task Add(string name, StudentEntry fact)
    {
        if (!await _stream.AddAsync(name, fact))
        {
            DeactivateOnIdle();
            throw new StorageUnavailableException("Another activation wrote this student; try again.");
        }
    }
}
