namespace Classroom.Load;

/// <summary>
/// A country's morning, second by second: every lesson begins with the bell, give or take a minute; children come in within three; then
/// explanations, answers and drafts at moments of their own. One silo dies at the worst second.
/// </summary>
public sealed class Country
{
    private const int Lessons = 60_000;
    private const int Size = 25;
    private const int Seconds = 45 * 60;
    private const int Bell = 120;
    private const int LessonTakes = 40 * 60;
    private const int StartSpread = 60;
    private const int JoinSpread = 180;
    private const int Explanations = 3;
    private const int ExplanationTakes = 8;
    private const int TokensASecond = 40;
    private const int Questions = 6;
    private const int AnswerSpread = 45;
    private const int OtherCommands = 14;
    private const int Seed = 830;

    // A machine that is fuller than this makes people wait now and then.
    private const double Full = 0.6;
    private const int SiloCores = 4;
    private const int PostgresCores = 16;
    private const int FailoverTakes = 10;

    private readonly Costs _costs;
    private readonly int[] _joins = new int[Seconds];
    private readonly int[] _facts = new int[Seconds];
    private readonly long[] _tokens = new long[Seconds];

    private Country(Costs costs) => _costs = costs;

    public static Country Of(Costs costs)
    {
        var country = new Country(costs);
        var random = new Random(Seed);
        for (var i = 0; i < Lessons; i++)
        {
            country.Teach(random);
        }

        return country;
    }

    public void Print(Report report)
    {
        var silo = Enumerable.Range(0, Seconds).Select(CoresAt).ToArray();
        var worst = Array.IndexOf(silo, silo.Max());
        var silos = 1;
        // One of them is away, and the others take its lessons and children within seconds.
        while ((silo[worst] + Failover(silos)) / (Math.Max(1, silos - 1) * SiloCores) > Full)
        {
            silos++;
        }

        var facts = Enumerable.Range(0, Seconds).Select(s => _facts[s] + _joins[s]).ToArray();
        var postgres = facts.Max() * _costs.PostgresFact / 1_000_000;
        var databases = (int)Math.Ceiling(postgres / (PostgresCores * Full));
        var memory = ((Lessons * _costs.Lesson) + (Lessons * (Size + 2) * _costs.Connection)) / (silos - 1) / 1e9;
        var usedSilo = (silo[worst] + Failover(silos)) / ((silos - 1) * SiloCores);
        var usedPostgres = postgres / (databases * PostgresCores);
        foreach (var line in new[]
                 {
                     $"simulated, seed {Seed}: {Lessons:N0} lessons of {Size}, {Lessons * (long)Size:N0} children; all of it is multiplied from the costs above",
                     $"joins: at most {_joins.Max():N0} a second; stored commands: at most {facts.Max():N0} a second; pieces of text on screens: at most {_tokens.Max():N0} a second",
                     $"silos: at most {silo[worst]:N0} cores busy ({(worst - Bell) / 60.0:0.0} min after the bell); {silos:N0} silos of {SiloCores} cores, {(_costs.Empty / 1e9) + memory:0.0} GB each; "
                         + $"with one of them dead at that second {usedSilo:P0} full",
                     $"Postgres: {postgres:N0} cores busy, {facts.Max() * _costs.WalFact / 1e6:N0} MB of log a second, {facts.Sum(f => (long)f) * _costs.WalFact / 1e9:N0} GB a lesson hour; "
                         + $"{databases} of {PostgresCores} cores, {usedPostgres:P0} full: each a region's own",
                     $"hottest: {(usedPostgres > usedSilo ? "Postgres" : "the silos")}, headroom to a full core {1 / Math.Max(usedPostgres, usedSilo):0.0} times",
                 })
        {
            Console.WriteLine(line);
        }

        report.Sample(ours: true, "silos of 4 cores for 60,000 lessons", "", silos);
        report.Sample(ours: true, "Postgres servers of 16 cores", "", databases);
    }

    private double CoresAt(int second) =>
        ((_joins[second] * _costs.Join) + (_facts[second] * _costs.Answer) + (_tokens[second] * _costs.Token)) / 1_000_000;

    private double Failover(int silos) =>
        ((Lessons * _costs.Load) + (Lessons * (double)Size * _costs.Connect)) / silos / FailoverTakes / 1_000_000;

    private void Teach(Random random)
    {
        var begin = Bell + random.Next(-StartSpread, StartSpread + 1);
        for (var child = 0; child < Size; child++)
        {
            _joins[begin + random.Next(JoinSpread)]++;
        }

        for (var i = 0; i < Explanations; i++)
        {
            var at = begin + Within(i, Explanations);
            for (var second = at; second < at + ExplanationTakes; second++)
            {
                _tokens[second] += TokensASecond * Size;
            }
        }

        for (var i = 0; i < Questions; i++)
        {
            var at = begin + Within(i, Questions);
            for (var child = 0; child < Size; child++)
            {
                _facts[at + random.Next(AnswerSpread)]++;
            }
        }

        for (var i = 0; i < OtherCommands * Size; i++)
        {
            _facts[begin + JoinSpread + random.Next(LessonTakes - JoinSpread)]++;
        }

        // The i-th of so many, somewhere in its part of the lesson, after everybody came in.
        int Within(int i, int of)
        {
            var part = (LessonTakes - JoinSpread - AnswerSpread - ExplanationTakes) / of;
            return JoinSpread + (i * part) + random.Next(part);
        }
    }
}
