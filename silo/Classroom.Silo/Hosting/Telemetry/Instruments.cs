using System.Diagnostics;
using System.Diagnostics.Metrics;
using Classroom.Storage;
using Meter = System.Diagnostics.Metrics.Meter;

namespace Classroom.Silo.Hosting.Telemetry;

/// <summary>
/// Every instrument of the program, in one place. Spans: SignalR's own for a call of the hub, Orleans' for a grain call, and ours for what the
/// log and the tutor do, all of one command in one trace. No name, nickname or text of a person goes into a tag.
/// </summary>
public static class Instruments
{
    public const string Name = Tracing.Name;
    public static readonly ActivitySource Source = Tracing.Source;
    private static readonly Meter Meter = new(Name);

    // The exporter's own are made for milliseconds: in seconds, everything would be in the first one.
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] };

    public static readonly Counter<long> LessonsStarted = Meter.CreateCounter<long>("ortaq.lessons.started", "{lesson}");
    public static readonly Counter<long> LessonsEnded = Meter.CreateCounter<long>("ortaq.lessons.ended", "{lesson}");

    /// <summary>Connections that are open now.</summary>
    public static readonly UpDownCounter<long> Connections = Meter.CreateUpDownCounter<long>("ortaq.connections", "{connection}");

    /// <summary>Frames handed to a connection.</summary>
    public static readonly Counter<long> Deliveries = Meter.CreateCounter<long>("ortaq.deliveries", "{frame}");

    /// <summary>From a call's arrival at the hub to its answer: a command is stored by then.</summary>
    public static readonly Histogram<double> Acknowledgement = Meter.CreateHistogram<double>("ortaq.acknowledgement.duration", "s", advice: Seconds);

    /// <summary>Calls that were answered with a refusal, by its code.</summary>
    public static readonly Counter<long> Refusals = Meter.CreateCounter<long>("ortaq.refusals", "{call}");

    /// <summary>Waits in a classroom that were longer than <see cref="Operator.Pauses.Limit"/>.</summary>
    public static readonly Counter<long> Pauses = Meter.CreateCounter<long>("ortaq.pauses", "{pause}");

    /// <summary>The share of lessons without one, by window (day, week): the same at every silo.</summary>
    public static readonly Gauge<double> Steady = Meter.CreateGauge<double>("ortaq.lessons.steady", "1");

    /// <summary>From the request of an explanation to its first piece, by provider.</summary>
    public static readonly Histogram<double> FirstToken = Meter.CreateHistogram<double>("ortaq.tutor.first_token.duration", "s", advice: Seconds);

    /// <summary>Input and output tokens that were paid for, by ability and provider.</summary>
    public static readonly Counter<long> Tokens = Meter.CreateCounter<long>("ortaq.tutor.tokens", "{token}");

    /// <summary>What the paid tokens cost by the prices in the settings, by provider and currency; nothing without prices.</summary>
    public static readonly Counter<double> Cost = Meter.CreateCounter<double>("ortaq.tutor.cost", "{currency}");

    /// <summary>Answers of the tutor by who gave them: a provider (1/.. first, 2/.. second), cache, prepared (it stood in), nobody.</summary>
    public static readonly Counter<long> Answers = Meter.CreateCounter<long>("ortaq.tutor.answers", "{answer}");

    /// <summary>Calls of the tutor that failed, by ability and code.</summary>
    public static readonly Counter<long> TutorFailures = Meter.CreateCounter<long>("ortaq.tutor.failures", "{call}");
}
