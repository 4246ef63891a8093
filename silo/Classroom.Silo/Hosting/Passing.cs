using System.Security.Cryptography;
using Classroom.Storage;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Orleans.Runtime;

namespace Classroom.Silo.Hosting;

/// <summary>Which failures pass by themselves: a silo that went, a grain that moves or found itself overtaken, a database that is away.</summary>
public static class Passing
{
    public static bool WillPass(Exception e) =>
        e is TimeoutException or OperationCanceledException or OrleansException or StorageUnavailableException or IOException
            or System.Data.Common.DbException or HubException
        // EF Core, and Data Protection when its keys cannot be read, put around it what they were doing.
        || (e is InvalidOperationException or DbUpdateException or CryptographicException && e.InnerException is { } cause && WillPass(cause));
}
