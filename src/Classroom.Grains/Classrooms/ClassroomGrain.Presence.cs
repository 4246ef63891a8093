using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>Who is connected, at whichever process: told to the teacher, and to the helper of a room as far as it is that room.</summary>
public sealed partial class ClassroomGrain
{
    public Task Present(SiloAddress process, ImmutableArray<Guid> students) => Present(process, students, scripted: false);

    public Task PresentPupils(SiloAddress process, ImmutableArray<Guid> students) => Present(process, students, scripted: true);

    private Task Present(SiloAddress process, ImmutableArray<Guid> students, bool scripted)
    {
        if (_presence.Set(process, students, scripted))
        {
            AnnouncePresence();
        }

        return Task.CompletedTask;
    }

    private void AnnouncePresence()
    {
        if (_presence.News(_state) is { } news)
        {
            _observers.Announce(news);
        }
    }
}
