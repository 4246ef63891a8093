using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Classroom.Tutor;

/// <summary>
/// The tutor that asks a model. What a student wrote is data; a quote that is not in the work is dropped; a draft or an answer cannot hold a
/// mark. What happens around every call stands in <see cref="ModelConversation"/>, what an ability makes of it in its folder.
/// </summary>
public sealed class ModelTutor(
    Providers providers, IModeration moderation, ITokenBudget budget, AnswerCache? cache, ModelOptions options, TimeProvider time,
    ISharedAnswers? shared = null) : ITutor
{
    private readonly ModelAccess _model = new(providers, moderation, budget, time, cache ?? (IDiscarded)new NothingDiscarded());

    /// <summary>The tutor as it is configured: one provider or two, the provider's moderation behind the local rules.</summary>
    /// <param name="around">Put around each provider's client, to see what is sent and what comes.</param>
    public static ModelTutor Create(ModelOptions options, ITokenBudget budget, AnswerCache? cache, TimeProvider time, ISharedAnswers? shared = null, ILoggerFactory? logs = null, IUsageMeter? meter = null,
        Func<ProviderOptions, IChatClient, IChatClient>? around = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ProviderOptions[] providers = options.Second.IsConfigured ? [options, options.Second] : [options];
        (ProviderOptions, IChatClient)[] chats = [.. providers.Select(p => (p, ChatClients.Create(p, logs, time))).Select(c => around is null ? c : (c.p, around(c.p, c.Item2)))];
        IModeration moderation = ProviderModeration.Create(options) is { } provider ? new Moderations(new LocalRules(), provider) : new LocalRules();
        return new ModelTutor(new Providers(options, time, chats) { Meter = meter }, moderation, budget, cache, options, time, shared);
    }

    /// <summary>How the providers are, in the order of the settings.</summary>
    public ImmutableArray<ProviderStatus> Status => providers.Status;

    /// <summary>Asks each provider for a word, past all pauses. Who answers is asked by everybody again.</summary>
    /// <returns>In the order of the settings.</returns>
    public Task<ImmutableArray<ProviderTrial>> CheckAsync(CancellationToken cancellationToken) => providers.CheckAsync(cancellationToken);

    public bool HasModel => true;

    public IAsyncEnumerable<TutorPiece> Explain(ExplainRequest request, CancellationToken cancellationToken) =>
        new ModelExplain(_model, cache, shared, options.CachedWordDelay).ExplainAsync(request, cancellationToken);

    public Task DiscardAsync(string text, CancellationToken cancellationToken) => cache?.DiscardAsync(text, cancellationToken) ?? Task.CompletedTask;

    public Task<TAnswer> Ask<TAnswer>(ITutorRequest<TAnswer> request, CancellationToken cancellationToken)
        where TAnswer : TutorAnswer => TutorAbilities.Of(request).AskModelAsync(request, _model, cancellationToken);
}
