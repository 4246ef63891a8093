using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Moderations;

namespace Classroom.Tutor.Tests;

/// <summary>Whatever the provider's moderation does that is no answer, the local rules stand alone; only our own stop is none of its failures.</summary>
public sealed class ModerationAwayTests
{
    public static TheoryData<Type> Thrown { get; } =
        [typeof(FormatException), typeof(NotSupportedException), typeof(KeyNotFoundException), typeof(TypeLoadException), typeof(IOException), typeof(OperationCanceledException)];

    [Theory]
    [MemberData(nameof(Thrown))]
    public async Task Whatever_its_client_throws_is_no_finding(Type thrown)
    {
        ArgumentNullException.ThrowIfNull(thrown);
        (await Moderation((Exception)Activator.CreateInstance(thrown)!).FindAsync("Жапырақ", () => "Жапырақ", isAnswer: false, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_stop_of_ours_stops()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await Moderation(new FormatException()).FindAsync("Жапырақ", () => "Жапырақ", isAnswer: false, stop.Token));
    }

    private static ProviderModeration Moderation(Exception e) => new(
        new ModerationClient("m", new ApiKeyCredential("k"), new OpenAIClientOptions { Endpoint = new Uri("http://model/v1"), Transport = new Throws(e), RetryPolicy = new ClientRetryPolicy(0) }),
        TimeSpan.FromSeconds(5));

    private sealed class Throws(Exception e) : PipelineTransport
    {
        protected override PipelineMessage CreateMessageCore() => throw e;

        protected override void ProcessCore(PipelineMessage message) => throw e;

        protected override ValueTask ProcessCoreAsync(PipelineMessage message) => throw e;
    }
}
