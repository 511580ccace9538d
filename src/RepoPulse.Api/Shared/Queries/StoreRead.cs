using Microsoft.AspNetCore.Http;

namespace RepoPulse.Api;

internal static class StoreRead
{
    /// <summary>HEAD is served as GET is, without the body.</summary>
    public static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];
}
