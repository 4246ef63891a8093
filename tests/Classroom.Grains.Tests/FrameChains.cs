using Classroom.Domain.Tests;

namespace Classroom.Grains.Tests;

/// <summary>The frames of one audience are a chain: what one starts from is what the one before it led to.</summary>
public sealed class FrameChains(StageFixture fixture) : GrainTest(fixture)
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    public async Task A_frame_starts_where_its_audiences_last_one_ended_personal_frames_too(int seed)
    {
        var heard = await HeardAsync(seed);
        Chain(heard.Select(f => f.Teacher)).ShouldBeGreaterThan(50);
        Chain(heard.Select(f => f.Board)).ShouldBeGreaterThan(30);
        Chain(heard.Select(f => f.Students)).ShouldBeGreaterThan(20);
        heard.Zip(heard.Skip(1)).ShouldAllBe(pair => pair.Second.Previous == pair.First.Seq);

        // A student has personal frames and, between them, those of all students. A frame of all cannot start where a personal one ended,
        // but no later than there; a personal one starts exactly where its student is.
        var personal = 0;
        foreach (var student in heard.SelectMany(f => f.Personal).Select(p => p.StudentId).Distinct())
        {
            long? at = null;
            foreach (var frames in heard)
            {
                if (frames.Personal.FirstOrDefault(p => p.StudentId == student)?.Frame is { } own)
                {
                    own.From.ShouldBe(at ?? own.From);
                    personal += at is null ? 0 : 1;
                    at = own.Seq;
                }
                else if (frames.Students is { } shared && at is not null)
                {
                    shared.From.ShouldBeLessThanOrEqualTo(at.Value, "else the student asks for everything anew");
                    at = shared.Seq;
                }
            }
        }

        personal.ShouldBeGreaterThan(20);
    }

    private static int Chain(IEnumerable<Frame?> frames)
    {
        var chain = frames.OfType<Frame>().ToList();
        chain.ShouldAllBe(f => f.From < f.Seq);
        chain.Zip(chain.Skip(1)).ShouldAllBe(pair => pair.Second.From == pair.First.Seq);
        return chain.Count;
    }

    private async Task<LessonFrames[]> HeardAsync(int seed)
    {
        var id = Guid.CreateVersion7();
        var grain = Grains.GetGrain<IClassroomGrain>(id);
        var ears = Stage.Listen();
        await grain.Subscribe(Stage.Refer(ears));
        foreach (var envelope in new RandomLesson(seed).Commands(600).Where(e => e.Command is not (EndLesson or StopExplanation)))
        {
            await grain.Execute(envelope, CancellationToken.None).Soon();
        }

        var stored = await Stage.Log.FactsAsync($"classroom/{id}");
        await Stage.Signal.UntilAsync(() => ears.LastSeq == stored.Count);
        return ears.Heard;
    }
}
