namespace Classroom.Silo.Hosting;

/// <summary>The program cannot start as it is configured. The message is one sentence for the operator and names the setting.</summary>
public sealed class SettingException : Exception
{
    public SettingException() { }

    public SettingException(string message) : base(message) { }

    public SettingException(string message, Exception inner) : base(message, inner) { }
}
