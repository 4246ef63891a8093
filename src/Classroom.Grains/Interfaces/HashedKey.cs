using System.Security.Cryptography;
using System.Text;

namespace Classroom.Grains;

/// <summary>The key of a grain for what lets whoever reads it come in: keys stand in logs, traces and dashboards.</summary>
public static class HashedKey
{
    public static string Of(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
