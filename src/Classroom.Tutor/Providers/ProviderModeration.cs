using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Moderations;

namespace Classroom.Tutor;

/// <summary>The provider's moderation endpoint. When it is away the local rules stand alone: a lesson does not wait for it.</summary>
public sealed class ProviderModeration(ModerationClient client, TimeSpan within) : IModeration
{
    public static ProviderModeration? Create(ProviderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return !options.IsConfigured || string.IsNullOrWhiteSpace(options.ModerationModel) || options.EntraId ? null : new ProviderModeration(
            new ModerationClient(
                options.ModerationModel, new ApiKeyCredential(string.IsNullOrEmpty(options.ApiKey) ? "none" : options.ApiKey),
                new OpenAIClientOptions { Endpoint = new Uri(options.Endpoint!), RetryPolicy = new ClientRetryPolicy(maxRetries: 0) }),
            TimeSpan.FromSeconds(2));
    }

    public async ValueTask<string?> FindAsync(string text, Func<string> withoutNames, bool isAnswer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(withoutNames);
        try
        {
            ModerationResult result = await client.ClassifyTextAsync(withoutNames(), cancellationToken).WaitAsync(within, cancellationToken);
            return !result.Flagged ? null
                : result.SelfHarm.Flagged || result.SelfHarmIntent.Flagged || result.SelfHarmInstructions.Flagged ? "distress"
                : result.Sexual.Flagged || result.SexualMinors.Flagged ? "sexual"
                : result.Hate.Flagged || result.HateThreatening.Flagged ? "hate"
                : result.Violence.Flagged || result.ViolenceGraphic.Flagged ? "violence"
                : "abuse";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever its client throws is its failure; only our own stop is none.
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }
}
