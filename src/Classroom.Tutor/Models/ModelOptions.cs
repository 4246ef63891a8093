namespace Classroom.Tutor;

/// <summary>Which model serves the tutor: OpenAI, Azure OpenAI (its <c>/openai/v1/</c> endpoint), or any compatible server. Section <c>Tutor</c>.</summary>
public sealed class ModelOptions
{
    /// <summary>For example <c>https://name.openai.azure.com/openai/v1/</c> or <c>http://10.0.0.5:8000/v1</c>. Empty: the prepared tutor alone.</summary>
    public string? Endpoint { get; set; }

    public string? Model { get; set; }

    public string? ApiKey { get; set; }

    /// <summary>Sends the key as <c>api-key</c>, as Azure wants it, instead of a bearer token.</summary>
    public bool ApiKeyHeader { get; set; }

    /// <summary>Signs in with Entra ID (a managed identity, or the operator's own) instead of a key. Needs https.</summary>
    public bool EntraId { get; set; }

    public TimeSpan FirstTokenWithin { get; set; } = TimeSpan.FromSeconds(20);

    public TimeSpan NextTokenWithin { get; set; } = TimeSpan.FromSeconds(15);

    public bool IsConfigured => !string.IsNullOrWhiteSpace(Endpoint) && !string.IsNullOrWhiteSpace(Model);
}
