namespace Classroom.Tutor;

/// <summary>Which model serves the tutor: OpenAI, Azure OpenAI (a resource, or its <c>/openai/v1/</c> endpoint), or any compatible server. Section <c>Tutor</c>.</summary>
public class ProviderOptions
{
    /// <summary>For example <c>https://name.openai.azure.com/</c>, <c>https://name.openai.azure.com/openai/v1/</c> or <c>http://10.0.0.5:8000/v1</c>. Empty: none.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The model's name; at Azure that of its deployment.</summary>
    public string? Model { get; set; }

    /// <summary>The endpoint speaks Azure's paths (<c>/openai/deployments/..</c>). Not set: when its host is Azure's and it names no <c>/openai/v1/</c>.</summary>
    public bool? Azure { get; set; }

    public string? ApiKey { get; set; }

    /// <summary>Sends the key as <c>api-key</c>, as Azure's <c>/openai/v1/</c> wants it, instead of a bearer token.</summary>
    public bool ApiKeyHeader { get; set; }

    /// <summary>Signs in with Entra ID (a managed identity, or the operator's own) instead of a key. Needs https.</summary>
    public bool EntraId { get; set; }

    /// <summary>A moderation model at the same endpoint, for example <c>omni-moderation-latest</c>. Empty: the local rules alone.</summary>
    public string? ModerationModel { get; set; }

    public PriceOptions Price { get; set; } = new();

    public bool IsConfigured => !string.IsNullOrWhiteSpace(Endpoint) && !string.IsNullOrWhiteSpace(Model);
}

/// <summary>Section <c>Tutor</c>: the model, the one that stands in for it, how long a class waits, what it may cost.</summary>
public sealed class ModelOptions : ProviderOptions
{
    /// <summary>Asked when the first one fails before its first word. Empty endpoint: none.</summary>
    public ProviderOptions Second { get; set; } = new();

    /// <summary>Section <c>Tutor:Budget</c>.</summary>
    public TokenLimits Budget { get; set; } = new();

    /// <summary>Section <c>Tutor:Prepared</c>.</summary>
    public PreparedTutorOptions Prepared { get; set; } = new();

    public TimeSpan FirstTokenWithin { get; set; } = TimeSpan.FromSeconds(8);

    public TimeSpan NextTokenWithin { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>The whole of one answer.</summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>A busy server's Retry-After is waited for, once, if it is no longer than this.</summary>
    public TimeSpan WaitWhenBusy { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How long a provider that keeps failing is left alone.</summary>
    public TimeSpan BreakFor { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Pace of a cached explanation. Zero: at once.</summary>
    public TimeSpan CachedWordDelay { get; set; } = TimeSpan.FromMilliseconds(40);
}
