using System.Text;

namespace Classroom.Grains;

/// <summary>
/// How a student is forgotten: the order is noted with the key store, then the fact is stored and every screen told, then the key is destroyed and the
/// snapshot renewed. Whoever dies in between, the order is there, and is carried out by the next activation or by whoever looks for orders.
/// </summary>
public sealed partial class ClassroomGrain
{
    private async Task<AppendResult> StoreAsync(Envelope envelope, ImmutableArray<RecordedFact> facts)
    {
        foreach (var opened in facts.Select(f => f.Fact).OfType<TranscriptOpened>())
        {
            await NoteAsync(envelope.By, "transcript-opened.1", opened.StudentId);
        }

        foreach (var (meta, forgotten) in facts.Where(f => f.Fact is StudentForgotten).Select(f => (f.Meta, (StudentForgotten)f.Fact)))
        {
            await NoteAsync(envelope.By, "student-forgotten.1", forgotten.StudentId);
            await keys.OrderAsync(
                new Erasure(Id, forgotten.StudentId, envelope.CommandId, Encoding.UTF8.GetString(FactCatalogue.EncodeActor(meta.By)), forgotten.Reason.ToString(), meta.At), CancellationToken.None);
        }

        return await _log.AppendAsync(_state, envelope, facts);
    }

    private Task NoteAsync(Actor by, string act, Guid student) =>
        new AccessLog(log, time).AddAsync(Encoding.UTF8.GetString(FactCatalogue.EncodeActor(by)), act, Id, student, CancellationToken.None);

    private async Task DestroyKeyAsync(Guid student)
    {
        // One that is on its way now may know the student; later ones do not.
        await _log.Saved;
        await keys.DestroyAsync(Id, student, CancellationToken.None);
        // The one of before cannot be read any more. This one is of a state without the student.
        await _log.SnapshotAsync(_state);
    }

    /// <summary>
    /// Students whose keys are destroyed while the facts do not say so, as after an older backup was restored; and those whose keys are there while the facts
    /// say that they were forgotten, as with an older copy of the keys.
    /// </summary>
    private void ForgetAgain()
    {
        if (!_state.Forgotten.IsEmpty)
        {
            Begin(async () =>
            {
                foreach (var student in (await keys.KeptAsync(Id, CancellationToken.None)).Where(_state.Forgotten.ContainsKey))
                {
                    await DestroyKeyAsync(student);
                }
            });
        }

        foreach (var student in _log.Unreadable)
        {
            Begin(() => OutcomeReports.SendAsync(Self, new ForgetStudent(student, ForgetReason.KeyGone), time, logger));
        }
    }
}
