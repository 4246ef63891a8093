using Classroom.Lessons.Tests;

namespace Classroom.Grains.Tests;

/// <summary>The patches for teachers, for boards, for each room's helper and for all students are a chain each: what one starts from is what the one before it led to.</summary>
public sealed class PatchChains(StageFixture fixture) : GrainTest(fixture)
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    public async Task A_frame_starts_where_its_audiences_last_one_ended_personal_frames_too(int seed)
    {
        var batches = await BatchesAsync(seed);
        Chain(batches.Select(f => f.Teacher)).ShouldBeGreaterThan(50);
        Chain(batches.Select(f => f.Board)).ShouldBeGreaterThan(30);
        Chain(batches.Select(f => f.Students)).ShouldBeGreaterThan(20);
        var helpers = batches.SelectMany(f => f.Helpers).Select(h => h.HelperId).Distinct().ToList();
        helpers.Sum(id => Chain(batches.Select(f => f.Helpers.FirstOrDefault(h => h.HelperId == id)?.Patch))).ShouldBeGreaterThan(5);
        batches.Zip(batches.Skip(1)).ShouldAllBe(pair => pair.Second.Previous == pair.First.Seq);

        // A student has personal patches and, between them, those for all students. A patch for all cannot start where a personal one ended,
        // but no later than there; a personal one starts exactly where its student is.
        var personal = 0;
        foreach (var student in batches.SelectMany(f => f.Personal).Select(p => p.StudentId).Distinct())
        {
            long? at = null;
            foreach (var batch in batches)
            {
                if (batch.Personal.FirstOrDefault(p => p.StudentId == student)?.Patch is { } own)
                {
                    own.From.ShouldBe(at ?? own.From);
                    personal += at is null ? 0 : 1;
                    at = own.Seq;
                }
                else if (batch.Students is { } shared && at is not null)
                {
                    shared.From.ShouldBeLessThanOrEqualTo(at.Value, "else the student asks for everything anew");
                    at = shared.Seq;
                }
            }
        }

        personal.ShouldBeGreaterThan(20);
    }

    private static int Chain(IEnumerable<LessonPatch?> batch)
    {
        var chain = batch.OfType<LessonPatch>().ToList();
        chain.ShouldAllBe(f => f.From < f.Seq);
        chain.Zip(chain.Skip(1)).ShouldAllBe(pair => pair.Second.From == pair.First.Seq);
        return chain.Count;
    }

    private async Task<PatchBatch[]> BatchesAsync(int seed)
    {
        var id = Guid.CreateVersion7();
        var grain = Grains.GetGrain<IClassroomGrain>(id);
        var observer = Stage.Observe();
        await grain.Subscribe(Stage.Refer(observer));
        foreach (var envelope in new RandomLesson(seed).Commands(600).Where(e => e.Command is not (EndLesson or StopExplanation)))
        {
            await grain.Execute(envelope, CancellationToken.None).Soon();
            if (envelope.Command is OpenLesson)
            {
                // Chance invites none in some lessons.
                await grain.Execute(new(Guid.CreateVersion7(), envelope.By, new InviteHelper(Guid.CreateVersion7())), CancellationToken.None).Soon();
            }
        }

        var stored = await Stage.Log.FactsAsync($"classroom/{id}");
        await Stage.Signal.UntilAsync(() => observer.LastSeq == stored.Count);
        return observer.Received;
    }
}
