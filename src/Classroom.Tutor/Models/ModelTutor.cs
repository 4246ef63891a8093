using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;

namespace Classroom.Tutor;

/// <summary>
/// The tutor that asks a model. Around every call: names out and back in, the budget held and settled, what goes in and what comes out
/// looked over, the language checked. What a student wrote is data; a quote that is not in the work is dropped; a mark cannot be said.
/// </summary>
public sealed partial class ModelTutor(
    Providers providers, IModeration moderation, ITokenBudget budget, AnswerCache? cache, ModelOptions options, TimeProvider time) : ITutor
{
    private const int MaxTokens = 900;
    private const int MaxJsonTokens = 4000;
    private const int LookBack = 160;

    /// <summary>The tutor as it is configured: one provider or two, the provider's moderation behind the local rules.</summary>
    public static ModelTutor Create(ModelOptions options, ITokenBudget budget, IDistributedCache? cache, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        (ProviderOptions, IChatClient)[] chats = options.Second.IsConfigured
            ? [(options, OpenAIChat.Create(options)), (options.Second, OpenAIChat.Create(options.Second))]
            : [(options, OpenAIChat.Create(options))];
        IModeration moderation = ProviderModeration.Create(options) is { } provider ? new Moderations(new LocalRules(), provider) : new LocalRules();
        return new ModelTutor(new Providers(options, time, chats), moderation, budget, cache is null ? null : new AnswerCache(cache), options, time);
    }

    /// <summary>A cautious guess at the size of a call in tokens: Cyrillic takes about one for two letters.</summary>
    private static int Estimate(IEnumerable<ChatMessage> messages) => messages.Sum(m => m.Text.Length) / 2;

    private Provenance Source(Answering answering, string template, long started, bool cached = false) => new(
        answering.Provider, answering.Model, template, answering.Tokens, (long)time.GetElapsedTime(started).TotalMilliseconds, cached);

    private async Task<ITokenHold> HoldAsync(TutorCall call, IList<ChatMessage> messages, int most, CancellationToken cancellationToken) =>
        await budget.HoldAsync(call, Estimate(messages) + most, cancellationToken) ?? throw new TutorException("budget-reached");

    /// <summary>One whole answer, with its tokens settled; a failure carries what was used.</summary>
    private async Task<string> AskAsync(
        TutorCall call, IList<ChatMessage> messages, ChatOptions chat, Answering answering, string template, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var hold = await HoldAsync(call, messages, chat.MaxOutputTokens ?? MaxTokens, cancellationToken);
        var (text, own, before) = (new StringBuilder(), new Answering(), answering.Tokens);
        try
        {
            await foreach (var piece in providers.StreamAsync(messages, chat, own, cancellationToken))
            {
                text.Append(piece);
            }

            return text.ToString();
        }
        catch (TutorException e)
        {
            Count(own, messages, text.Length);
            (answering.Provider, answering.Model, answering.Tokens) = (own.Provider, own.Model, before + own.Tokens);
            throw new TutorException(e.Code, e) { From = answering.Tokens == 0 ? null : Source(answering, template, started) };
        }
        finally
        {
            Count(own, messages, text.Length);
            (answering.Provider, answering.Model, answering.Tokens) = (own.Provider, own.Model, before + own.Tokens);
            await hold.SettleAsync(own.Tokens);
        }
    }

    // A provider that says no usage, or was cut before it did, is counted by length: rather too much than nothing.
    private static void Count(Answering answering, IList<ChatMessage> messages, int length)
    {
        if (answering.Tokens == 0 && length > 0)
        {
            answering.Tokens = Estimate(messages) + (length / 2) + 1;
        }
    }

    private static List<ChatMessage> Messages(string instructions, params ReadOnlySpan<ChatMessage> data) => [new(ChatRole.System, instructions), .. data];

    private static string Label(Language language) => language switch { Language.Kk => "ДЕРЕК", Language.Ru => "ДАННЫЕ", _ => "DATA" };

    /// <summary>Looks over what people typed before it goes anywhere.</summary>
    private async Task LookOverAsync(TutorCall call, string text, CancellationToken cancellationToken)
    {
        if (LocalRules.LooksLikeInjection(text))
        {
            call.Incident("injection");
            call.Flag("injection");
        }

        if (await moderation.FindAsync(text, cancellationToken) is { } category)
        {
            call.Incident("input-withheld", category);
            call.Flag(category == "distress" ? "distress" : "unsafe");
            throw new TutorException("input-withheld");
        }
    }
}
