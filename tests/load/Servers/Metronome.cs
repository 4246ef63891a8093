using System.Threading.Channels;

namespace Classroom.Load;

/// <summary>
/// The open loop of a run, the same for every server: at each due time it gives a lesson that time, whether or not the server kept up,
/// so that what waits is measured as waiting. Lessons are spread evenly over the period.
/// </summary>
public sealed class Metronome
{
    private readonly Channel<long>[] _lessons;

    public Metronome(int lessons) => _lessons = [.. Enumerable.Range(0, lessons).Select(_ =>
        Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true }))];

    public ChannelReader<long> Of(int lesson) => _lessons[lesson].Reader;

    public long Given { get; private set; }

    /// <param name="rate">Pieces a second and lesson.</param>
    public void Run(double rate, double seconds)
    {
        var start = Clock.Now + 50_000;
        var total = (long)(rate * seconds * _lessons.Length);
        var step = 1_000_000.0 / (rate * _lessons.Length);
        Given = 0;
        for (long i = 0; i < total;)
        {
            var now = Clock.Now;
            for (; i < total && start + (i * step) <= now; i++)
            {
                _lessons[i % _lessons.Length].Writer.TryWrite((long)(start + (i * step)));
                Given++;
            }

            Thread.Sleep(1);
        }
    }

    public void End()
    {
        foreach (var lesson in _lessons)
        {
            lesson.Writer.TryComplete();
        }
    }
}
