using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;

namespace Classroom.Tutor;

/// <summary>
/// One conversation with a model on behalf of one call. What must happen around every request to a provider happens here: what people wrote
/// is looked over, and sent as marked data without names; an answer that repeats the instructions is none; tokens are held before a request and settled after it, however it ends; an answer that
/// does not fit is repaired once; names come back in.
/// Invariant: text of people enters by <see cref="AddWritten"/> and <see cref="AddAnswer"/> alone, and every hold is settled.
/// </summary>
internal sealed class ModelConversation(ModelAccess model, TutorCall call, Template template, string more = "")
{
    private const int Attempts = 2;
    private readonly Spotlight _spotlight = new(template, more);
    private readonly List<ChatMessage> _messages = [];
    private readonly Pseudonyms _pseudonyms = new();
    private readonly Answering _total = new();
    private readonly long _started = model.Time.GetTimestamp();

    /// <summary>A name or number was taken out of what is sent.</summary>
    public bool HidesPersons => _pseudonyms.Found;

    /// <summary>Where the answer is from, with the tokens of all attempts so far.</summary>
    public Provenance Source => new(
        _total.Provider, _total.Model, template.Id, _total.Tokens, (long)model.Time.GetElapsedTime(_started).TotalMilliseconds, false);

    /// <summary>Looks over what people typed before any of it goes anywhere.</summary>
    /// <exception cref="TutorException">input-withheld.</exception>
    public async Task LookOverAsync(string written, CancellationToken cancellationToken)
    {
        if (LocalRules.LooksLikeInjection(written))
        {
            call.Incident("injection");
            call.Flag("injection");
        }

        if (await model.Moderation.FindAsync(written, () => WithoutNames(written), isAnswer: false, cancellationToken) is { } category)
        {
            call.Incident("input-withheld", category);
            call.Flag(category == "distress" ? "distress" : "unsafe");
            throw new TutorException("input-withheld");
        }
    }

    /// <summary>Text of a kit's author. Names in it are no child's: a lesson on Abai keeps him.</summary>
    public void AddMaterial(string label, string text)
    {
        _pseudonyms.AddLesson(text);
        Add(label, text);
    }

    /// <summary>Text that people wrote, as marked data and without names.</summary>
    public void AddWritten(string label, string text) => Add(label, _spotlight.Marked(_pseudonyms.Hide(text, call.NamesToHide)));

    /// <summary>What was answered before, without names.</summary>
    public void AddAnswer(string text) => _messages.Add(new(ChatRole.Assistant, _pseudonyms.Hide(text, call.NamesToHide)));

    public void AddInstruction(string text) => _messages.Add(new(ChatRole.User, text));

    /// <summary>Puts names and numbers back into a whole text; a sentence about somebody whom nobody hid goes, and what nobody sees.</summary>
    public string Restore(string text)
    {
        // JSON writes invisible signs by their numbers.
        text = Invisible.Without(text);
        if (SpeaksOfNobody(text))
        {
            call.Incident("name-dropped");
        }

        return _pseudonyms.Restore(text);
    }

    /// <summary>The same of a part of a text in which nobody unknown is spoken of.</summary>
    /// <param name="before">What was already told of the same answer.</param>
    public string Restore(string text, string before) => _pseudonyms.Restore(text, before);

    /// <summary>Whether a model's words hold a stand-in that nobody stands behind.</summary>
    public bool SpeaksOfNobody(string text) => _pseudonyms.SpeaksOfNobody(text);

    /// <summary>What the model quotes of a text that was sent, as it was written.</summary>
    public string RestoreQuote(string quote) => _pseudonyms.RestoreQuote(Invisible.Without(quote));

    /// <summary>One request and its answer, word by word. A consumer that stops early has paid for what came.</summary>
    /// <exception cref="TutorException">It failed, broke off, or was stopped.</exception>
    public async IAsyncEnumerable<string> StreamAsync(ChatOptions chat, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hold = await model.Budget.HoldAsync(call, Estimate() + chat.MaxOutputTokens!.Value, cancellationToken)
            ?? throw Fault("budget-reached", cameSome: false);
        var (answering, length, fault) = (new Answering(), 0, default((string Code, Exception? Cause)?));
        var (reader, visible) = (_spotlight.Read(), new Invisible.Reader());
        try
        {
            await using var words = model.Providers.StreamAsync([new(ChatRole.System, _spotlight.Instructions), .. _messages], chat, answering, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                try
                {
                    if (!await words.MoveNextAsync())
                    {
                        break;
                    }
                }
                catch (Exception e) when (e is TutorException or OperationCanceledException)
                {
                    fault = ((e as TutorException)?.Code ?? "tutor-stopped", e);
                    break;
                }

                length += words.Current.Length;
                if (reader.Add(visible.Read(words.Current)) is not { } clean)
                {
                    call.Incident("prompt-echoed");
                    fault = ("output-withheld", null);
                    break;
                }

                yield return clean;
            }
        }
        finally
        {
            _total.Add(answering);
            call.AnsweredBy = _total.Id;
            await hold.SettleAsync(answering.Tokens);
        }

        if (fault is { } f)
        {
            throw Fault(f.Code, f.Cause, cameSome: length > 0);
        }
    }

    /// <summary>A whole answer, read by <paramref name="read"/>; asked for once more when it does not fit.</summary>
    /// <param name="read">Gets the model's words, and whether this is the last attempt.</param>
    public async Task<T> AnswerAsync<T>(ChatOptions chat, Func<string, bool, ValueTask<Reading<T>>> read, CancellationToken cancellationToken)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            var words = new StringBuilder();
            await foreach (var word in StreamAsync(chat, cancellationToken))
            {
                words.Append(word);
            }

            var reading = await read(words.ToString(), attempt == Attempts);
            if (reading.Answer is { } answer)
            {
                return answer;
            }

            MustBeRepairable(attempt, reading.WrongLanguage);
            AddInstruction(reading.Repair);
        }
    }

    /// <summary>Notes a wrong language, and gives up after the last attempt.</summary>
    /// <param name="wrongLanguage">The language that was wanted (or empty); null when the language is not what is wrong.</param>
    public void MustBeRepairable(int attempt, string? wrongLanguage, bool isShown = false)
    {
        if (wrongLanguage is not null)
        {
            call.Incident("wrong-language", wrongLanguage);
        }

        if (attempt == Attempts || isShown)
        {
            // Where nothing was shown, prepared text may stand in.
            throw Fault(wrongLanguage is null ? "tutor-empty" : "wrong-language", cameSome: isShown);
        }
    }

    /// <summary>Looks over a whole answer before anybody reads it.</summary>
    /// <exception cref="TutorException">output-withheld.</exception>
    public async Task LookOverAnswerAsync(string text, CancellationToken cancellationToken)
    {
        if (await SaidAgain.IsInAsync(model.Discarded, text, cancellationToken))
        {
            throw Withheld("discarded");
        }

        if (await model.Moderation.FindAsync(text, () => WithoutNames(text), isAnswer: true, cancellationToken) is { } category)
        {
            throw Withheld(category);
        }
    }

    public TutorException Withheld(string category, bool cameSome = true)
    {
        call.Incident("output-withheld", category);
        return Fault("output-withheld", cameSome: cameSome);
    }

    // By itself: what is only looked over is no part of the conversation.
    private string WithoutNames(string text) => new Pseudonyms().Hide(text, call.NamesToHide);

    private void Add(string label, string text) => _messages.Add(new(ChatRole.User, DataBlock.Of(label, text)));

    private TutorException Fault(string code, Exception? cause = null, bool cameSome = true)
    {
        var (tokens, from) = (_total.Tokens, cameSome ? Source : null);
        var after = (cause as TutorException)?.RetryAfter;
        return cause is null ? new(code) { Tokens = tokens, From = from } : new(code, cause) { Tokens = tokens, From = from, RetryAfter = after };
    }

    private int Estimate() => WordStream.EstimateOf(_spotlight.Instructions.Length + _messages.Sum(m => m.Text.Length));
}

/// <summary>A model's words as an ability read them: an answer, or the repair that is asked for.</summary>
/// <param name="WrongLanguage">The language that was wanted, when that is what is wrong.</param>
internal readonly record struct Reading<T>(T? Answer, string Repair = "", string? WrongLanguage = null)
    where T : class;
